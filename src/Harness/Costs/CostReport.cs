using System.Globalization;

namespace Causeway.Harness.Costs;

/// <summary>An estimate as a reviewer reads it: the sum, what changes it, and all that is not in it.</summary>
public static class CostReport
{
    private const int LongestList = 10;

    /// <summary>The sum and its difference on the first line; below it the resources that make the difference, the largest first.</summary>
    public static IEnumerable<string> Lines(Cost cost, PriceTable table)
    {
        if (table == PriceTable.None)
        {
            yield return cost.Unpriced.Count is 0
                ? "  cost: none: the plan has nothing in a cloud's region"
                : $"  cost: not estimated: there are no prices of the plan's region in {PriceTable.Folder}";
            yield break;
        }

        var priced = cost.Lines.Count(line => line.Problem is null);
        yield return $"  cost: {Sum(cost.Before, cost.After)} ({table.Region}, prices of {table.Date}): {priced} priced, {cost.ByUse} by use alone, " +
            $"{cost.Free} free, {cost.Lines.Count - priced + cost.Unpriced.Values.Sum()} without a price";
        CostLine[] changed = [
            .. cost.Lines.Where(line => line.Difference is not 0)
                .OrderByDescending(line => Math.Abs(line.Difference))
                .ThenBy(line => line.Address, StringComparer.Ordinal)
        ];

        foreach (var line in changed.Take(LongestList))
        {
            yield return $"    {Signed(line.Difference),10}  {line.Address}";
        }

        if (changed.Length > LongestList)
        {
            yield return $"    {Signed(changed.Skip(LongestList).Sum(line => line.Difference)),10}  {changed.Length - LongestList} others";
        }

        foreach (var line in cost.Lines.Where(line => line.Problem is not null))
        {
            yield return $"    without a price: {line.Address}: {line.Problem}";
        }

        if (cost.Unpriced.Count > 0)
        {
            yield return $"    without a price: {string.Join(", ", cost.Unpriced.Select(type => $"{type.Key} ({type.Value})"))}";
        }
    }

    /// <summary>What is above a limit, a line for each; empty where nothing is.</summary>
    /// <param name="costs">Those of an environment's stacks.</param>
    public static IReadOnlyList<string> Above(IReadOnlyList<Cost> costs, CostLimits limits)
    {
        var amounts = Amounts(costs);
        var sum = costs.Sum(cost => cost.After) - Free(costs, limits);
        string[] unknown =
        [
            .. costs.SelectMany(cost => cost.Unpriced.Keys).Distinct().Order(StringComparer.Ordinal),
            .. costs.SelectMany(cost => cost.Lines).Where(line => line.Problem is not null).Select(line => $"{line.Address} ({line.Problem})"),
        ];

        return
        [
            .. limits.Monthly is { } most && sum > most
                ? [$"cost: {Dollars(sum)} USD a month, the limit is {most.ToString(CultureInfo.InvariantCulture)}"]
                : Array.Empty<string>(),
            .. from limit in limits.Amounts
               let quantity = amounts.GetValueOrDefault(limit.Key).Most
               where quantity > limit.Value
               select $"cost: {quantity.ToString(CultureInfo.InvariantCulture)} × {limit.Key}, the limit is {limit.Value}",
            .. Misnamed("amounts", limits.Amounts, costs),
            .. Misnamed("free", limits.Free, costs),
            // A limit says nothing of what has no price: so that fails, too.
            .. limits.IsNone ? [] : unknown.Select(what => $"cost: {what} has no price, so that the limit cannot be kept: add it to {PriceTable.Folder}"),
        ];
    }

    /// <summary>What of the sum is not paid, in US dollars a month: the share of each unit that the account gets for nothing.</summary>
    /// <param name="costs">Those of an environment's stacks.</param>
    public static decimal Free(IReadOnlyList<Cost> costs, CostLimits limits)
    {
        var amounts = Amounts(costs);

        return limits.Free.Sum(free => amounts.TryGetValue(free.Key, out var amount) && amount.Quantity > 0
            ? amount.Dollars * Math.Min(1, free.Value / amount.Quantity)
            : 0);
    }

    // A limit of a unit that nothing is counted in would always hold.
    private static IEnumerable<string> Misnamed(string limit, IReadOnlyDictionary<string, decimal> units, IReadOnlyList<Cost> costs)
    {
        string[] known = [.. costs.SelectMany(cost => cost.Units).Distinct().Order(StringComparer.Ordinal)];
        var list = known is [] ? "none" : string.Join(", ", known);

        return units.Keys.Except(known).Order(StringComparer.Ordinal)
            .Select(unit => $"cost: limits.{limit}: {PriceTable.Folder} knows no unit {unit}; it knows {list}");
    }

    private static IReadOnlyDictionary<string, Amount> Amounts(IReadOnlyList<Cost> costs) => Amount.ByUnit(costs.SelectMany(cost => cost.Amounts));

    /// <summary>A sum and how it changes: <c>41.61 USD a month (+37.96)</c>.</summary>
    public static string Sum(decimal before, decimal after) => $"{Dollars(after)} USD a month{(after == before ? "" : $" ({Signed(after - before)})")}";

    internal static string Dollars(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Signed(decimal value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
