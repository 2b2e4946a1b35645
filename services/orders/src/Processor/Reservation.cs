using System.ComponentModel.DataAnnotations;
using Causeway.ServiceDefaults;

namespace Orders.Processor;

/// <summary>Stock set aside for one order.</summary>
internal sealed record Reservation(
    [property: RegularExpression(Ids.Pattern)] string OrderId, [property: Entries(1, Reservation.MaxLines)] IReadOnlyList<ReservationLine> Lines)
{
    internal const int MaxLines = 50;
    internal const int MaxQuantity = 1000;

    /// <exception cref="ProblemException">422: names every field that cannot be accepted.</exception>
    public void Validate()
    {
        var errors = new Dictionary<string, string[]>();
        var skus = new HashSet<string>();

        if (!Ids.IsValid(OrderId))
        {
            errors["orderId"] = [Ids.Rule];
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

internal sealed record ReservationLine(
    [property: RegularExpression(Ids.Pattern)] string Sku, [property: Range(1, Reservation.MaxQuantity)] long Quantity);

/// <summary>A line that asks for more than there is.</summary>
internal sealed record ShortLine(string Sku, long Requested, long Available);
