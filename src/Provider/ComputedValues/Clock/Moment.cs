using System.Globalization;

namespace Causeway.Provider.ComputedValues.Clock;

/// <summary>Points in time as the provider <c>time</c> writes them: RFC 3339, to the second.</summary>
internal static class Moment
{
    public static string Print(DateTimeOffset moment) =>
        moment.ToString(moment.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <exception cref="RefusalException">It is none.</exception>
    public static DateTimeOffset Parse(string text, string argument) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment
            : throw new RefusalException(
                "Invalid RFC3339 String Value", $"{argument} has to be a time such as 2026-01-31T12:00:00Z, not \"{text}\".", [argument]);

    /// <summary>The way Go adds: a day that a month does not have runs into the next month, so a month after 31 January is 3 March.</summary>
    public static DateTimeOffset Add(DateTimeOffset moment, long years, long months, long days)
    {
        var first = new DateTimeOffset(moment.Year, moment.Month, 1, moment.Hour, moment.Minute, moment.Second, moment.Offset);

        return first.AddMonths((int)(12 * years + months)).AddDays(moment.Day - 1 + days);
    }
}
