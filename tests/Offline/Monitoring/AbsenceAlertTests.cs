using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>
/// The alerts on what is not heard of any more, run by promtool: each fires when its last series has been silent for as long as its rule says, and is silent
/// through a shorter pause and while one of two replicas goes on.
/// </summary>
public sealed partial class AbsenceAlertTests(Workbench workbench)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    // How long Prometheus takes a series' last value for its present one, where the rule has no window of its own.
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Heard = TimeSpan.FromMinutes(5);

    private readonly Promtool promtool = new(workbench.Tools);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public async Task Every_alert_on_absence_fires_when_its_last_series_ends_and_is_silent_through_a_pause_and_while_one_is_left()
    {
        // The workloads' rules are the same in each environment but for where their runbooks are.
        var all = await RenderedRules.AllAsync(workbench, Stop);
        var rendered = all.Where(place => place.Key is "local" || place.Key.Contains('/', StringComparison.Ordinal));
        Alert[] alerts =
        [
            .. from place in rendered
               from alert in Alert.Of(place.Key, place.Value)
               where alert.Expression.StartsWith("absent", StringComparison.Ordinal)
               select alert
        ];
        Assert.Equal(["IndicatorAbsent", "TelemetryAbsent"], alerts.Select(alert => alert.Name).Distinct().Order(StringComparer.Ordinal));
        var gate = new Gate("alerts on absence", alerts.Select(alert => alert.Item));

        await Parallel.ForEachAsync(alerts, Stop, async (alert, stop) => gate.Record(alert.Item, Untrue(alert) ?? await ProblemAsync(alert, alert.Rule, stop)));

        gate.Close();
    }

    [Fact]
    public async Task An_alert_that_waits_longer_than_its_rule_says_is_noticed()
    {
        var alert = Alert.Of("local", (await RenderedRules.AllAsync(workbench, Stop))["local"]).First(one => one.Name is "TelemetryAbsent");
        var other = alert.Rule.DeepClone().AsObject();
        other["for"] = "6m";

        Assert.Null(await ProblemAsync(alert, alert.Rule, Stop));
        Assert.Contains("got:[]", await ProblemAsync(alert, other, Stop), StringComparison.Ordinal);
    }

    /// <summary>How long the last series has been silent when an alert fires.</summary>
    private static TimeSpan SilenceOf(Alert alert) =>
        (Absent().Match(alert.Expression).Groups["window"] is { Success: true, Value: var window } ? BurnAlert.Span(window) : Lookback)
            + BurnAlert.Span((string)alert.Rule["for"]!);

    /// <summary>What its description gets wrong about that; null: nothing.</summary>
    private static string? Untrue(Alert alert)
    {
        var (minutes, said) = (SilenceOf(alert).TotalMinutes, (string)alert.Rule["annotations"]!["description"]!);

        return said.Contains($" for {minutes} minutes", StringComparison.Ordinal)
            ? null
            : $"it fires after a silence of {minutes} minutes, and its description does not say so";
    }

    /// <summary>What promtool says of a rule in the cases of an alert.</summary>
    private async Task<string?> ProblemAsync(Alert alert, JsonObject rule, CancellationToken stop)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.json");
        var rules = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "a", ["rules"] = new JsonArray(rule.DeepClone()) }) };
        await File.WriteAllTextAsync($"{file}.rules", rules.ToJsonString(), stop);
        await File.WriteAllTextAsync(file, Cases(alert, $"{file}.rules").ToJsonString(), stop);

        return await promtool.TestAsync(file, stop);
    }

    private static JsonObject Cases(Alert alert, string rules)
    {
        var match = Absent().Match(alert.Expression);
        Assert.True(match.Success, $"{alert.Expression} is not an absence of one series.");
        var labels = Equal().Matches(match.Groups["matchers"].Value).ToDictionary(one => one.Groups["label"].Value, one => one.Groups["value"].Value);
        var silence = SilenceOf(alert);
        var (fires, pause) = (Heard + silence, (int)((silence - TimeSpan.FromMinutes(1)) / Step));
        var (heard, after) = ((int)(Heard / Step), (int)(silence / Step) + 10);

        string Series(string instance) =>
            $"{match.Groups["metric"].Value}{{{string.Concat(labels.Select(label => $"{label.Key}=\"{label.Value}\","))}service_instance_id=\"{instance}\"}}";

        return new()
        {
            ["rule_files"] = new JsonArray(rules),
            ["evaluation_interval"] = Text(Step),
            ["tests"] = new JsonArray(
                Test("fires when the last is silent", [(Series("1"), $"1x{heard}")], [Moment(alert, fires - Step, null), Moment(alert, fires + Step, labels)]),
                Test("silent through a shorter pause", [(Series("1"), $"1x{heard} _x{pause} 1x{after}")], [Moment(alert, fires + Step, null)]),
                Test(
                    "silent while one of two goes on",
                    [(Series("1"), $"1x{heard}"), (Series("2"), $"1x{heard + after}")],
                    [Moment(alert, fires + Step, null)])),
        };
    }

    private static JsonObject Test(string name, (string Series, string Values)[] series, JsonNode[] moments) => new()
    {
        ["name"] = name,
        ["interval"] = Text(Step),
        ["input_series"] = new JsonArray([.. series.Select(one => new JsonObject { ["series"] = one.Series, ["values"] = one.Values })]),
        ["alert_rule_test"] = new JsonArray(moments),
    };

    /// <param name="labels">What an absent series is known by; null: the alert does not fire.</param>
    private static JsonObject Moment(Alert alert, TimeSpan at, Dictionary<string, string>? labels)
    {
        var firing = new JsonArray();

        if (labels is not null)
        {
            var all = alert.Rule["labels"]!.DeepClone().AsObject();

            foreach (var (label, value) in labels)
            {
                all[label] = value;
            }

            firing.Add((JsonNode)new JsonObject { ["exp_labels"] = all, ["exp_annotations"] = alert.Rule["annotations"]!.DeepClone() });
        }

        return new() { ["eval_time"] = Text(at), ["alertname"] = alert.Name, ["exp_alerts"] = firing };
    }

    private static string Text(TimeSpan time) => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s";

    [GeneratedRegex(@"^absent(_over_time)?\((?<metric>\w+)\{(?<matchers>.*)\}(\[(?<window>\w+)\])?\)$")]
    private static partial Regex Absent();

    [GeneratedRegex("(?<label>\\w+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Equal();
}
