using System.Text.Json.Nodes;

namespace Causeway.Harness.Costs;

/// <summary>One part of what a resource costs while it exists: quantity times price.</summary>
/// <param name="What">The unit, in the singular: <c>NAT gateway</c>, <c>GB of gp3</c>.</param>
/// <param name="HoursOrMonths">How often in a month it is paid: 730 for a price by the hour, 1 for one by the month.</param>
/// <param name="By">The attribute whose value decides the price; null where <paramref name="Prices"/> has one price alone, under an empty name.</param>
/// <param name="Prices">US dollars before tax.</param>
/// <param name="Times">Attributes that are multiplied.</param>
/// <param name="When">Attributes, and the value that each must have.</param>
/// <param name="Most">Attributes that are multiplied for the most that there may come to be; null where that is what there is.</param>
public sealed record Price(
    string What,
    decimal HoursOrMonths,
    string? By,
    IReadOnlyDictionary<string, decimal> Prices,
    IReadOnlyList<string> Times,
    IReadOnlyDictionary<string, JsonNode?> When,
    IReadOnlyList<string>? Most = null);
