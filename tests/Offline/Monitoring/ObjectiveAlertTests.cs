using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>
/// The alerts that follow from objectives, run by promtool: each fires at the time that its windows and its limit say, to a step of the series, and is silent
/// before it, at a rate that the budget allows, and where there are few events.
/// </summary>
public sealed class ObjectiveAlertTests(Workbench workbench)
{
    private const string Local = "local";

    private readonly MonitoringChart chart = new(workbench.Checkout, workbench.Helm);

    private readonly Promtool promtool = new(workbench.Tools);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Workloads => [.. Harness.Repository.Find().Releases(Local)];

    [Theory, MemberData(nameof(Workloads))]
    public async Task Every_alert_fires_when_its_windows_say_and_is_silent_before(string workload)
    {
        var files = MonitoringChart.RuleFiles(await chart.OfWorkloadAsync(Local, workload, Stop));
        var groups = files.SelectMany(file => file.Value!["groups"]!.AsArray()).ToDictionary(one => (string)one!["name"]!, one => one!);
        var folder = workbench.Scratch.CreateSubdirectory($"objectives-{workload}").FullName;
        var cases = MonitoringChart.Objectives(workbench.Checkout, workload)!
            .SelectMany(one => Cases(new Objective(workbench, workload, one.Key, one.Value!.AsObject(), groups[$"{workload}-{one.Key}"])))
            .ToArray();
        var gate = new Gate($"alerts on objectives of {workload}", cases.Select(one => one.Name));

        await Parallel.ForEachAsync(cases, Stop, async (one, stop) =>
        {
            var file = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
            await File.WriteAllTextAsync($"{file}.rules", new JsonObject { ["groups"] = new JsonArray(one.Objective.Rules.DeepClone()) }.ToJsonString(), stop);
            await File.WriteAllTextAsync(file, one.Test($"{file}.rules").ToJsonString(), stop);
            gate.Record(one.Name, await promtool.TestAsync(file, stop));
        });

        gate.Close();
    }

    // https://sre.google/workbook/alerting-on-slos/, table 5-8, with a second ticket over 3 days.
    private static readonly (TimeSpan Long, TimeSpan Short, decimal Factor)[] Burns =
    [
        (TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4m),
        (TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 6),
        (TimeSpan.FromDays(1), TimeSpan.FromHours(2), 3),
        (TimeSpan.FromDays(3), TimeSpan.FromHours(6), 1),
    ];

    // Burn rates as multiples of what is allowed: each is noticed by one more pair of windows than the one before, the last by none.
    private static IEnumerable<Case> Cases(Objective objective)
    {
        var alerts = objective.Alerts;
        Assert.Equal(
            Burns.Select(burn => (burn.Long, burn.Short, burn.Factor * objective.Budget)),
            alerts.Select(alert => (alert.Long, alert.Short, (decimal)alert.Limit)));

        foreach (var alert in alerts)
        {
            var next = alerts.Where(other => other.Limit > alert.Limit).Select(other => (double?)other.Limit).Min();
            var share = next is { } limit ? Math.Sqrt(alert.Limit * limit) : 1;

            var (window, rate) = (alert.Rule["labels"]!["window"], share / (double)objective.Budget);

            yield return new Case($"{objective.Name}: {window} fires at {rate:0.##} × the allowed rate", objective, alert, share);
        }

        var slowest = alerts.MaxBy(alert => alert.Long)!;

        yield return new Case($"{objective.Name}: silent at 0.9 × the allowed rate", objective, slowest, (double)objective.Budget * 0.9);
        yield return new Case($"{objective.Name}: silent where few events are bad", objective, alerts.MinBy(alert => alert.Long)!, 1, Few: true);
    }

    private sealed record Objective(Workbench Workbench, string Workload, string Key, JsonObject Description, JsonNode Rules)
    {
        public string Name => $"{Workload}/{Key}";

        public decimal Budget => (100 - (decimal)Description["target"]!) / 100;

        public IReadOnlyList<BurnAlert> Alerts => BurnAlert.Of(Rules["rules"]!.AsArray().Select(rule => rule!.AsObject()));

        /// <summary>The series that the kind counts, with what each counts.</summary>
        public IEnumerable<(string Series, string Counts)> Series()
        {
            var file = Path.Combine(Workbench.Fixtures, "monitoring", "objectives", $"{Description["kind"]}.yaml");

            foreach (var (series, counts) in Yaml.LoadFile(file))
            {
                var filled = new StringBuilder(series).Replace("{service}", $"{Workload}-{Description["component"]}");

                foreach (var (field, value) in Description)
                {
                    filled.Replace($"{{{field}}}", value!.ToString());
                }

                yield return ($"{filled}", (string)counts!);
            }
        }
    }

    /// <param name="Alert">The alert that the step of the series fits.</param>
    /// <param name="Share">Share of events that are bad from one moment on.</param>
    /// <param name="Few">Whether there are too few events for any alert.</param>
    private sealed record Case(string Name, Objective Objective, BurnAlert Alert, double Share, bool Few = false)
    {
        // Rates over a window are exact where both its ends are samples.
        private TimeSpan Step => Alert.Short / 5;

        // The long window is full of good events when it begins.
        private int Healthy => (int)(Alert.Long / Step);

        private int Bad => (int)Math.Ceiling((FiresAfter(Alert) ?? Alert.Long) / Step) + 20;

        private decimal EventsPerStep => Few ? (decimal)(Alert.Minimum / 4 / (Alert.Long / Step)) : 1000;

        public JsonObject Test(string rules) => new()
        {
            ["rule_files"] = new JsonArray(rules),
            ["evaluation_interval"] = Text(Step),
            ["tests"] = new JsonArray(new JsonObject
            {
                ["interval"] = Text(Step),
                ["input_series"] = new JsonArray([.. Objective.Series().Select(series => new JsonObject
                {
                    ["series"] = series.Series,
                    ["values"] = Values(series.Counts),
                })]),
                ["alert_rule_test"] = new JsonArray([.. Moments().Select(Expected)]),
            }),
        };

        // Just before and just after the alert fires; at the end, where none does.
        private IEnumerable<TimeSpan> Moments() => Few || FiresAfter(Alert) is not { } fires
            ? [Bad * Step]
            : [Math.Floor((fires / Step) - 0.01) * Step, Math.Ceiling((fires / Step) + 0.01) * Step];

        private JsonObject Expected(TimeSpan sinceBad)
        {
            var firing = Objective.Alerts.Where(alert => !Few && FiresAfter(alert) is { } fires && fires < sinceBad);

            return new()
            {
                ["eval_time"] = Text((Healthy * Step) + sinceBad),
                ["alertname"] = Alert.Name,
                ["exp_alerts"] = new JsonArray([.. firing.Select(alert => Alerting(alert, sinceBad))]),
            };
        }

        private JsonObject Alerting(BurnAlert alert, TimeSpan sinceBad)
        {
            var labels = alert.Rule["labels"]!.DeepClone().AsObject();

            foreach (var (label, value) in Objective.Rules["rules"]![0]!["labels"]!.AsObject())
            {
                labels[label] = value!.DeepClone();
            }

            var ratio = sinceBad / Min(alert.Long, (Healthy * Step) + sinceBad) * Share;
            var annotations = alert.Rule["annotations"]!.DeepClone().AsObject();
            annotations["description"] = ((string)annotations["description"]!)
                .Replace("{{ $value | humanizePercentage }}", $"{(ratio * 100).ToString("G4", CultureInfo.InvariantCulture)}%", StringComparison.Ordinal);

            return new() { ["exp_labels"] = labels, ["exp_annotations"] = annotations };
        }

        private TimeSpan? FiresAfter(BurnAlert alert) => alert.FiresAfter(Share, Healthy * Step);

        private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

        private string Values(string counts)
        {
            var bad = EventsPerStep * (decimal)Share;

            return counts switch
            {
                "good" => Segments(EventsPerStep, EventsPerStep - bad),
                "bad" => Segments(0, bad),
                "all" => Segments(EventsPerStep, EventsPerStep),
                _ => throw new InvalidDataException($"A series counts good, bad or all events, not {counts}."),
            };
        }

        // start+stepxcount writes count + 1 values.
        private string Segments(decimal healthy, decimal after) => string.Create(
            CultureInfo.InvariantCulture, $"0+{healthy}x{Healthy} {(healthy * Healthy) + after}+{after}x{Bad}");

        private static string Text(TimeSpan time) => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s";
    }
}
