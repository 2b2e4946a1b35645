using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// The <c>filter</c> blocks of data sources over EC2's API: each names a fact and the values it may have, with <c>*</c> and <c>?</c> as wildcards.
/// </summary>
internal static class Filters
{
    /// <summary>The values that a filter of this name allows; none where there is no such filter.</summary>
    public static IReadOnlyList<string> Values(Value config, string name) =>
        [.. config["filter"].Items.Where(filter => filter["name"].AsText == name).SelectMany(filter => filter["values"].Texts())];

    public static string? First(Value config, string name) => Values(config, name) is [var first, ..] ? first : null;

    /// <param name="fact">What the thing has under a filter's name; null for a name that this API has no filter for.</param>
    /// <param name="doing">How the real provider begins the error, such as <c>reading EC2 Availability Zones</c>.</param>
    /// <exception cref="RefusalException">A filter has a name that the API does not know.</exception>
    public static bool Match(Value config, Func<string, string?> fact, string doing) => config["filter"].Items.All(filter =>
    {
        var name = filter["name"].AsText ?? "";
        var actual = fact(name) ?? throw new RefusalException($"{doing}: InvalidParameterValue: The filter '{name}' is invalid", path: ["filter"]);

        return filter["values"].Texts().Any(pattern => Like(actual, pattern));
    });

    public static bool Like(string text, string pattern) => pattern.AsSpan().IndexOfAny('*', '?') < 0
        ? text == pattern
        : Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$");
}
