using System.Buffers.Text;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Causeway.DynamoDb;
using Causeway.ServiceDefaults;

namespace Orders.Gateway;

/// <summary>A place in one customer's list of orders. Clients pass it back and never look inside.</summary>
internal sealed record PageToken(string Customer, string PlacedAt, string Id)
{
    public static PageToken After(Order order) => new(order.Customer, Attributes.Text(order.PlacedAt), order.Id);

    /// <returns>Null for a text that this service did not make for this <paramref name="customer"/>.</returns>
    public static PageToken? Parse(string text, string customer)
    {
        if (text.Length > 256 || !Base64Url.IsValid(text))
        {
            return null;
        }

        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('#') is [var owner, var placedAt, var id]
            && owner == customer && Attributes.TryTime(placedAt, out _) && Ids.IsValid(id)
                ? new PageToken(owner, placedAt, id)
                : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Customer}#{PlacedAt}#{Id}"));

    public Dictionary<string, AttributeValue> Key() => new() { ["customer"] = new(Customer), ["placedAt"] = new(PlacedAt), ["id"] = new(Id) };
}
