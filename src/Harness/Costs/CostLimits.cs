using System.Globalization;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Costs;

/// <summary>What an environment may cost: <c>limits</c> of its <c>env.yaml</c>.</summary>
/// <param name="Monthly">US dollars; null: as much as it likes.</param>
/// <param name="Amounts">How much of a unit of the price table there may be: <c>instance</c> → 2.</param>
/// <param name="Free">How much of a unit the account gets each month without paying: <c>read capacity unit</c> → 25.</param>
public sealed record CostLimits(decimal? Monthly, IReadOnlyDictionary<string, decimal> Amounts, IReadOnlyDictionary<string, decimal> Free)
{
    /// <summary>No limit at all.</summary>
    public static CostLimits None { get; } = new(null, new Dictionary<string, decimal>(), new Dictionary<string, decimal>());

    public bool IsNone => Monthly is null && Amounts.Count is 0;

    /// <param name="environment">The member <c>env</c> of an environment's document.</param>
    public static CostLimits Of(JsonObject environment) => new(
        environment["limits"]?["monthly"] is { } monthly ? Number(monthly) : null,
        Numbers(environment, "amounts"),
        Numbers(environment, "free"));

    private static Dictionary<string, decimal> Numbers(JsonObject environment, string limits) =>
        (environment["limits"]?[limits] as JsonObject ?? []).ToDictionary(limit => limit.Key, limit => Number(limit.Value!));

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
