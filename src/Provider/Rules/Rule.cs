using System.Text.Json;

namespace Causeway.Provider.Rules;

/// <summary>What a documentation states about one argument or several, and no schema contains. Traits/README.md describes the language.</summary>
/// <param name="In">The block whose arguments it is about, by its path; empty for the resource itself. Each element of that block is checked.</param>
/// <param name="When">Conditions (see <see cref="RuleCondition"/>) that must all hold.</param>
/// <param name="Check">What it demands.</param>
/// <param name="Arguments">About which arguments.</param>
/// <param name="Says">What to do, where the check alone does not make that clear.</param>
/// <param name="Docs">Where it is documented; null for the type's own page in the registry.</param>
internal sealed record Rule(
    string In, IReadOnlyList<string> When, RuleCheck Check, IReadOnlyList<string> Arguments, RuleDemand Demand, string? Says, string? Docs)
{
    private static readonly string[] Others = ["argument", "docs", "in", "says", "when"];

    private static readonly Dictionary<string, RuleCheck> Combinations = new()
    {
        ["conflicts"] = RuleCheck.Conflicts,
        ["exactlyOneOf"] = RuleCheck.ExactlyOneOf,
        ["atLeastOneOf"] = RuleCheck.AtLeastOneOf,
        ["together"] = RuleCheck.Together,
        ["requires"] = RuleCheck.Requires,
        ["forbids"] = RuleCheck.Forbids,
        ["ascending"] = RuleCheck.Ascending,
        ["distinct"] = RuleCheck.Distinct,
    };

    private static readonly Dictionary<string, RuleCheck> Demands = new()
    {
        ["matches"] = RuleCheck.Matches,
        ["oneOf"] = RuleCheck.OneOf,
        ["range"] = RuleCheck.Range,
        ["length"] = RuleCheck.Length,
        ["bits"] = RuleCheck.Bits,
        ["among"] = RuleCheck.Among,
        ["sameAs"] = RuleCheck.SameAs,
    };

    /// <summary>The words that name a check: each rule has exactly one of them.</summary>
    public static IReadOnlyCollection<string> Checks => [.. Combinations.Keys, .. Demands.Keys];

    /// <summary>Every argument it speaks of, by its path from the resource.</summary>
    public IEnumerable<string> Paths =>
        Arguments.Concat(Check is RuleCheck.Among or RuleCheck.SameAs ? Demand.Texts : []).Concat(When.Select(RuleCondition.ArgumentOf))
        .Select(argument => In is "" ? argument : $"{In}.{argument}");

    /// <exception cref="FormatException">It is not a rule.</exception>
    public static Rule Parse(JsonElement json)
    {
        string[] names = [.. json.EnumerateObject().Select(member => member.Name)];

        if (names.Except(Others).Except(Checks).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"\"{unknown}\" is unknown in a rule. Known: {string.Join(", ", Checks.Concat(Others).Order(StringComparer.Ordinal))}.");
        }

        string[] checks = [.. names.Where(Checks.Contains)];

        if (checks is not [var word])
        {
            throw new FormatException($"A rule has exactly one check, this one has {(checks is [] ? "none" : string.Join(", ", checks))}: {json.GetRawText()}");
        }

        var value = json.GetProperty(word);
        var argument = Text("argument");

        if (Demands.ContainsKey(word) != argument is not null)
        {
            var all = string.Join(", ", Demands.Keys.Order(StringComparer.Ordinal));

            throw new FormatException($"\"argument\" says what {all} are about, and belongs to no other check: {json.GetRawText()}");
        }

        return new Rule(
            Text("in") ?? "",
            json.TryGetProperty("when", out var when) ? Texts(when) : [],
            Combinations.TryGetValue(word, out var combination) ? combination : Demands[word],
            argument is null ? Texts(value) : [argument],
            argument is null ? RuleDemand.None : RuleDemand.Parse(word, value),
            Text("says"),
            Text("docs"));

        string? Text(string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;
    }

    private static string[] Texts(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];
}
