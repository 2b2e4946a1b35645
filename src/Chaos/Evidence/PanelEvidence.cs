using System.Text.Json.Nodes;
using Causeway.Chaos.Experiments;
using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Chaos.Evidence;

/// <summary>What a panel showed.</summary>
/// <param name="Before">Its highest value before the fault, or its lowest where it has to fall; 0 where it was empty.</param>
/// <param name="During">The same from the beginning of the fault on.</param>
public sealed record PanelResult(ExpectedPanel Expected, double Before, double During)
{
    private const double Least = 1.5;

    public bool Passed => Expected.Change switch
    {
        PanelChange.Fills => Before is 0 && During > 0,
        PanelChange.Rises => Before >= 0 && During >= Least * Before && During > 0,
        _ => Before > 0 && During <= Before / Least,
    };
}

/// <summary>Asks the queries of panels for the time before a fault and for the time since.</summary>
internal sealed class PanelEvidence(Repository repository, Prometheus prometheus, TimeSpan export)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    // What Grafana takes for $__rate_interval is four times the interval of samples
    // (https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/).
    private readonly string interval = $"{4 * export.TotalSeconds:0}s";
    private readonly IReadOnlyList<Dashboard> dashboards = Dashboard.All(repository);

    /// <summary>Every panel that shows failures only and needs no cluster: the ones that some fault has to fill.</summary>
    public IReadOnlyList<(string Dashboard, string Panel)> OfFailures =>
    [
        .. from dashboard in dashboards
           where !dashboard.NeedsCluster
           from panel in dashboard.Panels
           where panel.ShowsFailures
           select (dashboard.Name, panel.Title),
    ];

    /// <summary>The panel that an expectation is about.</summary>
    /// <exception cref="PlatformException">There is no such panel, or it shows failures and the expectation is another one than that it fills.</exception>
    public Panel PanelOf(ExpectedPanel expected)
    {
        var dashboard = dashboards.SingleOrDefault(one => one.Name == expected.Dashboard)
            ?? throw new PlatformException(
                $"There is no dashboard {expected.Dashboard}.", $"Name one of {string.Join(", ", dashboards.Select(one => one.Name))}.");
        var panel = dashboard.Panels.SingleOrDefault(one => one.Title == expected.Panel)
            ?? throw new PlatformException(
                $"Dashboard {expected.Dashboard} has no panel {expected.Panel}.",
                $"Name one of {string.Join(", ", dashboard.Panels.Select(one => one.Title))}.");

        return panel.ShowsFailures == expected.Change is PanelChange.Fills
            ? panel
            : throw new PlatformException(
                $"{expected}: {(panel.ShowsFailures ? "this panel shows failures" : "this panel shows more than failures")}.",
                panel.ShowsFailures ? "Expect that it fills." : "Expect that it rises or falls.");
    }

    /// <summary>A panel that has to fill and had data lately; null: none.</summary>
    /// <param name="time">How long it has to have been empty.</param>
    public async Task<ExpectedPanel?> FilledAsync(IEnumerable<ExpectedPanel> expected, TimeSpan time, CancellationToken stop)
    {
        var now = TimeProvider.System.GetUtcNow();

        foreach (var panel in expected.Where(panel => panel.Change is PanelChange.Fills))
        {
            if ((await ReadAsync(panel, (now - time, now), now, stop)).Before > 0)
            {
                return panel;
            }
        }

        return null;
    }

    /// <summary>What a panel showed.</summary>
    /// <param name="before">From when to when nothing was broken.</param>
    /// <param name="until">End of the time in which it has to show; null: now.</param>
    public async Task<PanelResult> ReadAsync(
        ExpectedPanel expected, (DateTimeOffset From, DateTimeOffset To) before, DateTimeOffset until, CancellationToken stop)
    {
        var panel = PanelOf(expected);
        var query = dashboards.Single(one => one.Name == expected.Dashboard).Fill(panel.Queries[^1].Expression, interval);
        var (calm, broken) = (
            await prometheus.RangeAsync(query, before.From, before.To, Step, stop), await prometheus.RangeAsync(query, before.To, until, Step, stop));

        return expected.Change is PanelChange.Falls
            ? new PanelResult(expected, Lowest(calm, before.To - before.From), Lowest(broken, until - before.To))
            : new PanelResult(expected, Highest(calm), Highest(broken));

        double Highest(IReadOnlyDictionary<string, IReadOnlyList<Sample>> series) => Values(series).DefaultIfEmpty(0).Max();

        // A series that has no value for a while is as low as can be.
        double Lowest(IReadOnlyDictionary<string, IReadOnlyList<Sample>> series, TimeSpan length) =>
            series.Where(one => IsMeant(one.Key)).Select(one => one.Value.Count < Math.Floor(length / Step) ? 0 : one.Value.Min(sample => sample.Value))
                .DefaultIfEmpty(0).Min();

        IEnumerable<double> Values(IReadOnlyDictionary<string, IReadOnlyList<Sample>> series) =>
            series.Where(one => IsMeant(one.Key)).SelectMany(one => one.Value).Select(sample => sample.Value).Where(value => !double.IsNaN(value));

        bool IsMeant(string labels) => expected.Only.Split('=') is not [var name, var value] || (string?)JsonNode.Parse(labels)![name] == value;
    }
}
