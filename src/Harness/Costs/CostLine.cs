namespace Causeway.Harness.Costs;

/// <summary>What one resource costs in a month, before and after a plan.</summary>
/// <param name="Before">US dollars; 0 where the resource does not exist yet.</param>
/// <param name="After">US dollars; 0 where it will not exist any more.</param>
/// <param name="Amounts">What is paid for after the plan, by unit: <c>GB of gp3</c> → 60.</param>
/// <param name="Problem">Why the price is not known, and counted as 0; null where it is.</param>
public sealed record CostLine(string Address, string Type, decimal Before, decimal After, IReadOnlyDictionary<string, decimal> Amounts, string? Problem)
{
    public decimal Difference => After - Before;
}
