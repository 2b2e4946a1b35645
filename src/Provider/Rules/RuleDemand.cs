using System.Text.Json;
using System.Text.RegularExpressions;

namespace Causeway.Provider.Rules;

/// <summary>What an argument's value must be like.</summary>
/// <param name="Texts">The values allowed, or the arguments whose values it must have.</param>
/// <param name="Least">The lower bound; null where there is none.</param>
/// <param name="Most">The upper bound; null where there is none.</param>
internal sealed record RuleDemand(Regex? Pattern, IReadOnlyList<string> Texts, decimal? Least, decimal? Most)
{
    public static readonly RuleDemand None = new(null, [], null, null);

    public static RuleDemand Parse(string check, JsonElement value) => check switch
    {
        "matches" => None with { Pattern = new Regex(value.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1)) },
        "oneOf" or "among" or "sameAs" => None with { Texts = [.. value.EnumerateArray().Select(item => item.ToString())] },
        _ => value.GetArrayLength() is 2
            ? None with { Least = Bound(value[0]), Most = Bound(value[1]) }
            : throw new FormatException($"{check} has a lower and an upper bound, null for none: {value.GetRawText()}"),
    };

    public bool Contains(decimal number) => (Least is null || number >= Least) && (Most is null || number <= Most);

    /// <summary>The bounds in words.</summary>
    public string Bounds => (Least, Most) switch
    {
        ({ } least, { } most) when least == most => $"exactly {least}",
        ({ } least, { } most) => $"{least} to {most}",
        ({ } least, null) => $"at least {least}",
        _ => $"at most {Most}",
    };

    private static decimal? Bound(JsonElement bound) => bound.ValueKind is JsonValueKind.Null ? null : bound.GetDecimal();
}
