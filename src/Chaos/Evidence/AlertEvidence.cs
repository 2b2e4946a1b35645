using System.Text.Json.Nodes;
using Causeway.Chaos.Experiments;
using Causeway.Harness;

namespace Causeway.Chaos.Evidence;

/// <summary>An alert that fired during an experiment and did not before.</summary>
/// <param name="After">From the beginning of the fault until Prometheus had it firing.</param>
/// <param name="Received">Whether Alertmanager had it.</param>
public sealed record FiredAlert(IReadOnlyDictionary<string, string> Labels, TimeSpan After, bool Received)
{
    public string Name => Labels["alertname"];

    /// <summary>Whether it wakes people.</summary>
    public bool IsPage => Labels.GetValueOrDefault("severity") is "page";
}

/// <summary>What came of an alert that had to fire.</summary>
/// <param name="After">Null: it did not fire.</param>
/// <param name="Received">Whether Alertmanager had it.</param>
public sealed record AlertResult(ExpectedAlert Expected, TimeSpan? After, bool Received)
{
    public bool Passed => After is not null && Received;
}

/// <summary>
/// Watches alerts while something is broken: which ones Prometheus has firing, by its series <c>ALERTS</c>, and which ones Alertmanager has received. One that
/// fired at the beginning says nothing of the fault.
/// </summary>
internal sealed class AlertEvidence(Prometheus prometheus, Alertmanager alertmanager)
{
    private const string Firing = "ALERTS{alertstate=\"firing\"}";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);

    private readonly HashSet<string> received = [];
    private readonly Lock gate = new();

    /// <summary>Whether a series of one of the alerts fires, or did a moment ago, so that it could not be seen to begin.</summary>
    public async Task<ExpectedAlert?> FiringAsync(IReadOnlyList<ExpectedAlert> expected, CancellationToken stop)
    {
        var recent = $"last_over_time({Firing}[{(Before + Step + Step).TotalSeconds:0}s])";
        var firing = (await prometheus.SeriesAsync(recent, stop)).Keys.Select(LabelsOf).ToArray();

        return expected.FirstOrDefault(alert => firing.Any(alert.Matches));
    }

    /// <summary>Asks Alertmanager again and again, until it is cancelled: it forgets what has ended.</summary>
    public async Task WatchAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var alert in await alertmanager.ActiveAsync(stop))
                {
                    lock (gate)
                    {
                        received.Add(KeyOf(alert));
                    }
                }
            }
            catch (Exception error) when (error is HttpRequestException or PlatformException or OperationCanceledException)
            {
                // It may be what is broken.
            }

            await Task.Delay(Step, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Every alert that fires since the beginning of the fault and did not before it.</summary>
    public async Task<IReadOnlyList<FiredAlert>> FiredSinceAsync(DateTimeOffset begin, CancellationToken stop)
    {
        var series = await prometheus.RangeAsync(Firing, begin - Before, TimeProvider.System.GetUtcNow(), Step, stop);

        lock (gate)
        {
            return
            [
                .. from one in series
                   where one.Value.All(sample => sample.Time >= begin)
                   let labels = LabelsOf(one.Key)
                   select new FiredAlert(labels, one.Value[0].Time - begin, received.Contains(KeyOf(labels))),
            ];
        }
    }

    /// <summary>What came of those that had to fire.</summary>
    public static IReadOnlyList<AlertResult> Judge(IReadOnlyList<ExpectedAlert> expected, IReadOnlyList<FiredAlert> fired) =>
    [
        .. from alert in expected
           let found = fired.Where(one => alert.Matches(one.Labels)).OrderBy(one => !one.Received).ThenBy(one => one.After).FirstOrDefault()
           select new AlertResult(alert, found?.After, found?.Received ?? false),
    ];

    private static Dictionary<string, string> LabelsOf(string series) => JsonNode.Parse(series)!.AsObject()
        .Where(label => label.Key is not ("__name__" or "alertstate"))
        .ToDictionary(label => label.Key, label => (string)label.Value!);

    private static string KeyOf(IReadOnlyDictionary<string, string> labels) =>
        string.Join('\n', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
