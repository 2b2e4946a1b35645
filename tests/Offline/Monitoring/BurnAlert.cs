using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Offline.Monitoring;

/// <summary>An alert on an error budget that burns, as its rule says.</summary>
/// <param name="Long">Window that says that it matters.</param>
/// <param name="Short">Window that says that it lasts.</param>
/// <param name="Limit">Share of bad events in both above which it fires.</param>
/// <param name="Minimum">Events that the long window has to have.</param>
/// <param name="Rule">The whole rule.</param>
internal sealed partial record BurnAlert(string Name, TimeSpan Long, TimeSpan Short, double Limit, double Minimum, JsonObject Rule)
{
    /// <summary>The alerts on budgets among the rules of an objective.</summary>
    public static IReadOnlyList<BurnAlert> Of(IEnumerable<JsonObject> rules) =>
    [
        .. from rule in rules
           let match = Expression().Match((string?)rule["expr"] ?? "")
           where rule["alert"] is not null && match.Success
           select new BurnAlert(
               (string)rule["alert"]!,
               Span(match.Groups["long"].Value),
               Span(match.Groups["short"].Value),
               double.Parse(match.Groups["limit"].Value),
               double.Parse(match.Groups["minimum"].Value),
               rule),
    ];

    /// <summary>
    /// When it begins to fire, where from one moment on this share of events is bad, and for a time before it none was. The ratio over a window is the share
    /// times the part of the window's events that came since: all there are, until the window is full. Null: never.
    /// </summary>
    /// <param name="healthy">How long the series went on before that moment.</param>
    public TimeSpan? FiresAfter(double share, TimeSpan healthy)
    {
        if (share <= Limit)
        {
            return null;
        }

        var (full, growing) = (Long * (Limit / share), healthy * (Limit / (share - Limit)));

        return growing + healthy < Long ? growing : full;
    }

    /// <summary>A duration as Prometheus writes it.</summary>
    public static TimeSpan Span(string text) => text[^1] switch
    {
        'm' => TimeSpan.FromMinutes(int.Parse(text[..^1])),
        'h' => TimeSpan.FromHours(int.Parse(text[..^1])),
        'd' => TimeSpan.FromDays(int.Parse(text[..^1])),
        _ => throw new FormatException($"{text} is not a duration in minutes, hours or days."),
    };

    [GeneratedRegex(
        @"^slo:error_ratio:rate(?<long>\w+)\{.*\} > (?<limit>[0-9.e-]+)\s+and slo:error_ratio:rate(?<short>\w+)\{.*\} > \k<limit>\s+"
        + @"and slo:events:increase\k<long>\{.*\} >= (?<minimum>[0-9]+)$")]
    private static partial Regex Expression();
}
