using System.ComponentModel.DataAnnotations;
using Causeway.ServiceDefaults;

namespace Orders.Processor;

/// <summary>Pieces of one SKU that can be reserved.</summary>
internal sealed record StockItem(string Sku, long Available)
{
    /// <summary>No SKU has more pieces than this by adjustments.</summary>
    public const int Max = 1_000_000_000;
}

/// <param name="Next">Pass it as `page` to go on; absent on the last page.</param>
internal sealed record StockPage(IReadOnlyList<StockItem> Items, string? Next);

/// <summary>A change of stock by hand. The id makes it happen once.</summary>
internal sealed record Adjustment(
    [property: RegularExpression(Ids.Pattern)] string Id, [property: Range(-StockItem.Max, StockItem.Max)] long Delta)
{
    /// <exception cref="ProblemException">422: names every field that cannot be accepted.</exception>
    public void Validate()
    {
        var errors = new Dictionary<string, string[]>();

        if (!Ids.IsValid(Id))
        {
            errors["id"] = [Ids.Rule];
        }

        if (Delta is 0 or < -StockItem.Max or > StockItem.Max)
        {
            errors["delta"] = [$"must not be 0, and must be from -{StockItem.Max} to {StockItem.Max}"];
        }

        if (errors.Count > 0)
        {
            throw Problem.Unacceptable(errors);
        }
    }
}
