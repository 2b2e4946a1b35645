using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Causeway.ServiceDefaults;

namespace Orders.Gateway;

/// <summary>What became of an order. It never changes afterwards.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
internal enum OrderStatus
{
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    [JsonStringEnumMemberName("rejected")]
    Rejected,
}

/// <param name="PlacedAt">When it was decided, in UTC.</param>
/// <param name="Short">Of a rejected order only: the lines that asked for more than there was.</param>
internal sealed record Order(
    string Id, string Customer, OrderStatus Status, IReadOnlyList<OrderLine> Lines, DateTime PlacedAt, IReadOnlyList<ShortLine>? Short = null);

internal sealed record OrderLine(
    [property: RegularExpression(Ids.Pattern)] string Sku, [property: Range(1, PlaceOrder.MaxQuantity)] long Quantity);

/// <summary>A line that asked for more than there was.</summary>
internal sealed record ShortLine(string Sku, long Requested, long Available);

/// <param name="Next">Pass it as `page` to go on; absent on the last page.</param>
internal sealed record OrderPage(IReadOnlyList<Order> Orders, string? Next);

/// <summary>The body of `POST /orders`.</summary>
internal sealed record PlaceOrder(
    [property: RegularExpression(Ids.Pattern)] string Customer, [property: Entries(1, PlaceOrder.MaxLines)] IReadOnlyList<OrderLine> Lines)
{
    internal const int MaxLines = 50;
    internal const int MaxQuantity = 1000;

    /// <summary>SHA-256 of the order as this service would write it, so that spaces and the order of fields make no difference.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, GatewayJson.Default.PlaceOrder)));

    /// <exception cref="ProblemException">422: names every field that cannot be accepted.</exception>
    public void Validate()
    {
        var errors = new Dictionary<string, string[]>();
        var skus = new HashSet<string>();

        if (!Ids.IsValid(Customer))
        {
            errors["customer"] = [Ids.Rule];
        }

        if (Lines.Count is 0 or > MaxLines)
        {
            errors["lines"] = [$"must have 1 to {MaxLines} entries"];
        }

        for (var i = 0; i < Lines.Count && i < MaxLines; i++)
        {
            var (sku, quantity) = Lines[i];

            if (!Ids.IsValid(sku))
            {
                errors[$"lines[{i}].sku"] = [Ids.Rule];
            }
            else if (!skus.Add(sku))
            {
                errors[$"lines[{i}].sku"] = ["is in an earlier line already"];
            }

            if (quantity is < 1 or > MaxQuantity)
            {
                errors[$"lines[{i}].quantity"] = [$"must be from 1 to {MaxQuantity}"];
            }
        }

        if (errors.Count > 0)
        {
            throw Problem.Unacceptable(errors);
        }
    }
}
