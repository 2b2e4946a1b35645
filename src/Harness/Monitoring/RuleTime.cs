using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Monitoring;

/// <summary>
/// Makes rules for a run in which time goes faster: every duration in them is divided by a factor, so that what takes a quarter of an hour to fire takes
/// seconds. What is compared, and with what, stays as it is.
/// </summary>
/// <param name="factor">What durations are divided by; above 0.</param>
/// <param name="shortestRange">A range is never shorter, since a rate needs several samples within it.</param>
public sealed partial class RuleTime(double factor, TimeSpan shortestRange)
{
    /// <summary>How far an instant query looks back for a sample, unless Prometheus is told otherwise.</summary>
    public static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    /// <summary>The same files of rules in this time.</summary>
    /// <param name="files">Content of each file by its name, as <see cref="MonitoringChart.RuleFiles"/> gives it. It is not changed.</param>
    /// <exception cref="FormatException">A duration is not one of Prometheus'.</exception>
    public JsonObject Of(JsonObject files)
    {
        var changed = files.DeepClone().AsObject();

        foreach (var group in changed.SelectMany(file => file.Value!["groups"]!.AsArray()))
        {
            Change(group!.AsObject(), "interval");

            foreach (var rule in group!["rules"]!.AsArray().Select(rule => rule!.AsObject()))
            {
                Change(rule, "for");
                Change(rule, "keep_firing_for");
                rule["expr"] = Expression((string)rule["expr"]!);
            }
        }

        return changed;
    }

    /// <summary>
    /// A query in this time: its ranges, steps of subqueries and offsets. Names stay, also where a duration is part of them, and so does what is quoted.
    /// </summary>
    /// <exception cref="FormatException">A duration is not one of Prometheus'.</exception>
    public string Expression(string query)
    {
        var changed = new StringBuilder();
        var at = 0;

        foreach (Match match in Parts().Matches(query))
        {
            changed.Append(query, at, match.Index - at);
            at = match.Index + match.Length;
            changed.Append(
                match.Groups["range"] is { Success: true } range
                    ? $"[{Text(Longer(Divided(range.Value)))}{(match.Groups["step"] is { Success: true, Value: var step } ? $":{StepOf(step)}" : "")}]"
                : match.Groups["offset"] is { Success: true } offset ? $"offset {match.Groups["minus"].Value}{Text(Divided(offset.Value))}"
                : match.Value);
        }

        return changed.Append(query, at, query.Length - at).ToString();
    }

    /// <summary>A duration in this time, as Prometheus writes it.</summary>
    public string Divide(TimeSpan duration) => Text(duration / factor);

    /// <summary>
    /// A duration as Prometheus writes it, such as <c>1h30m</c>
    /// (https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations).
    /// </summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static TimeSpan Span(string text)
    {
        if (Whole().Match(text) is not { Success: true } whole)
        {
            throw new FormatException($"{text} is not a duration such as 30s, 5m or 1h30m.");
        }

        var (counts, units) = (whole.Groups["count"].Captures, whole.Groups["unit"].Captures);

        return counts.Zip(units, (count, unit) => long.Parse(count.Value, CultureInfo.InvariantCulture) * UnitOf(unit.Value))
            .Aggregate(TimeSpan.Zero, (sum, part) => sum + part);
    }

    private static TimeSpan UnitOf(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "d" => TimeSpan.FromDays(1),
        "w" => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(365),
    };

    private static string Text(TimeSpan duration) => $"{Math.Max(1, (long)Math.Round(duration.TotalMilliseconds))}ms";

    private TimeSpan Divided(string duration) => Span(duration) / factor;

    private TimeSpan Longer(TimeSpan range) => range > shortestRange ? range : shortestRange;

    private string StepOf(string step) => step is "" ? "" : Text(Divided(step));

    private void Change(JsonObject owner, string property)
    {
        if ((string?)owner[property] is { } duration)
        {
            owner[property] = Text(Divided(duration));
        }
    }

    // What is quoted and comments are matched first, so that nothing within them is taken for a range.
    [GeneratedRegex(
        """
        "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | `[^`]*` | \#[^\n]*
        | \[ \s* (?<range>[0-9][0-9a-z]*) \s* (?: : \s* (?<step>[0-9a-z]*) \s* )? \]
        | \b offset \s+ (?<minus>-?) \s* (?<offset>[0-9][0-9a-z]*)
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parts();

    [GeneratedRegex("^(?:(?<count>[0-9]+)(?<unit>ms|[smhdwy]))+$")]
    private static partial Regex Whole();
}
