namespace Causeway.Harness.Costs;

/// <summary>How much of a unit there is, and what it costs in a month.</summary>
/// <param name="Most">How much there may come to be: a group that scales is paid at its least size, and may grow.</param>
/// <param name="Dollars">US dollars.</param>
public readonly record struct Amount(decimal Quantity, decimal Most, decimal Dollars)
{
    /// <summary>The sum of each unit.</summary>
    public static IReadOnlyDictionary<string, Amount> ByUnit(IEnumerable<KeyValuePair<string, Amount>> amounts) =>
        amounts.GroupBy(amount => amount.Key).ToDictionary(unit => unit.Key, unit => unit.Aggregate(default(Amount), (sum, amount) => sum + amount.Value));

    public static Amount operator +(Amount one, Amount other) => new(one.Quantity + other.Quantity, one.Most + other.Most, one.Dollars + other.Dollars);
}

/// <summary>What one resource costs in a month, before and after a plan.</summary>
/// <param name="Before">US dollars; 0 where the resource does not exist yet.</param>
/// <param name="After">US dollars; 0 where it will not exist any more.</param>
/// <param name="Amounts">What is paid for after the plan, by unit: <c>GB of gp3</c> → 60.</param>
/// <param name="Problem">Why the price is not known, and counted as 0; null where it is.</param>
public sealed record CostLine(string Address, string Type, decimal Before, decimal After, IReadOnlyDictionary<string, Amount> Amounts, string? Problem)
{
    public decimal Difference => After - Before;
}
