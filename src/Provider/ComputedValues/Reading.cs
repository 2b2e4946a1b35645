using System.Globalization;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues;

/// <summary>Reads arguments; what is null or unknown reads as absent.</summary>
internal static class Reading
{
    /// <summary>The known strings of a list or set.</summary>
    public static IReadOnlyList<string> Texts(this Value value) => [.. value.Items.Select(item => item.AsText).OfType<string>()];

    public static long? AsWhole(this Value value) =>
        value is Value.Number number && long.TryParse(number.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    /// <summary>The text of a string that is set: an empty one is treated as unset, as in the providers built on Terraform's older SDK.</summary>
    public static string? Given(this Value value) => value.AsText is { Length: > 0 } text ? text : null;

    public static Value OrNull(string? text) => text is null ? Value.Null : Value.Of(text);
}
