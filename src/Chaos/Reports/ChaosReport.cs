using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Chaos.Evidence;
using Causeway.Load.Reports;

namespace Causeway.Chaos.Reports;

/// <summary>A run of experiments: what each came to, and what all of them together show of alerts and panels.</summary>
/// <param name="Started">When the first one began, UTC.</param>
/// <param name="RuleSpeed">How many times faster than the rules say alerts fired.</param>
/// <param name="Expected">Experiments that were to run.</param>
public sealed record ChaosReport(
    int Seed,
    string Revision,
    DateTimeOffset Started,
    double RuleSpeed,
    Box Box,
    int Expected,
    IReadOnlyList<ExperimentReport> Experiments,
    Coverage Coverage,
    TimeSpan Took)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>0: all passed. 1: one failed. 3: none failed, and one is invalid.</summary>
    public int ExitCode => Experiments.Any(one => one.Verdict is ExperimentVerdict.Failed) ? 1
        : Experiments.Any(one => one.Verdict is ExperimentVerdict.Invalid) || Experiments.Count is 0 ? 3
        : 0;

    private string Verdict => ExitCode switch { 0 => "passed", 1 => "failed", _ => "invalid" };

    /// <summary>Writes <c>report.html</c>, <c>report.md</c> and <c>report.json</c>.</summary>
    /// <param name="folder">Made where it is missing.</param>
    public Task WriteAsync(string folder, CancellationToken stop) => ReportFiles.WriteAsync(ToPage(), ToJson(), folder, stop);

    /// <summary>For a browser or a terminal.</summary>
    public ReportPage ToPage() => new(
        "Chaos",
        Verdict,
        "Steady state asserted, fault, observed, healed, steady state asserted again.",
        [.. Experiments.SelectMany(one => one.Reasons.Select(reason => $"{one.Experiment.Name}: {reason}"))],
        [.. Experiments.Where(one => one.Load is not null).Select(ChartOf)],
        [
            new("Run", "", ["what", "value"],
            [
                ["revision", Revision],
                ["seed", $"{Seed}"],
                ["started, took", $"{Started:yyyy-MM-dd HH:mm:ss}Z, {Took.TotalSeconds:0} s"],
                ["time of rules", $"{RuleSpeed:0.#} times faster"],
                ["box", $"{Box.Processors} × {Box.Processor}, {Box.MemoryMiB} MiB, Linux {Box.Kernel}; load average before {Box.LoadBefore:0.00}"],
            ]),
            new(
                "Experiments",
                "A request that is repeated counts once, by what came of the last try.",
                ["fault", "verdict", "broken s", "requests", "failed", "recovery s", "acknowledged", "lost", "duplicate", "took s"],
                [.. Experiments.Select(Row)]),
            .. Experiments.Select(one => new ReportTable(
                one.Experiment.Name,
                one.Experiment.Description,
                ["what", "expected", "found", "verdict"],
                [
                    .. one.Checks.Select(check => new[] { check.What, check.Expected, check.Found, check.Passed ? "passed" : "failed" }),
                    .. one.Figures.Select(figure => new[] { figure.Key, "–", ReportTable.Number(figure.Value), "–" }),
                    .. one.Fired.Count > 0
                        ? [["alerts that fired", "–", string.Join(", ", one.Fired.Select(alert => alert.Name).Distinct().Order(StringComparer.Ordinal)), "–"]]
                        : Array.Empty<string[]>(),
                ])),
            new(
                "Alerts",
                $"Tested: {Coverage.Tested.Covered} of {Coverage.Tested.All} have cases in which they fire and are silent. " +
                $"Fired by a fault here: {Coverage.Fired.Covered} of {Coverage.Fired.All} that need no cluster.",
                ["alert", "tested", "fired by"],
                [
                    .. Coverage.Alerts.Select(alert => new[]
                    {
                        alert.Alert,
                        alert.IsTested ? "yes" : "no",
                        alert is { FiredBy: [], NeedsCluster: true } ? "needs a cluster" : Joined(alert.FiredBy),
                    }),
                ]),
            new(
                "Panels of failures",
                $"Filled by a fault here: {Coverage.Filled.Covered} of {Coverage.Filled.All}.",
                ["dashboard", "panel", "filled by"],
                [.. Coverage.Panels.Select(panel => new[] { panel.Dashboard, panel.Panel, Joined(panel.FilledBy) })]),
        ]);

    /// <summary>For programs. Times are in seconds; what is not a number is null.</summary>
    public string ToJson() => new JsonObject
    {
        ["verdict"] = Verdict,
        ["revision"] = Revision,
        ["started"] = Started.ToString("O"),
        ["seed"] = Seed,
        ["ruleSpeed"] = RuleSpeed,
        ["tookSeconds"] = Took.TotalSeconds,
        ["experiments"] = new JsonArray([
            .. Experiments.Select(one => new JsonObject
            {
                ["workload"] = one.Workload,
                ["name"] = one.Experiment.Name,
                ["verdict"] = one.Verdict.ToString().ToLowerInvariant(),
                ["reasons"] = new JsonArray([.. one.Reasons.Select(reason => JsonValue.Create(reason))]),
                ["tookSeconds"] = one.Took.TotalSeconds,
                ["begunSeconds"] = one.Moments?.Begun.TotalSeconds,
                ["brokenSeconds"] = one.Moments is { } moments ? (moments.Healed - moments.Begun).TotalSeconds : null,
                ["requests"] = one.During.Ended,
                ["failed"] = one.During.Failed,
                ["recoverySeconds"] = one.Recovery?.TotalSeconds,
                ["acknowledged"] = one.Acknowledged,
                ["checks"] = new JsonArray([
                    .. one.Checks.Select(check => new JsonObject
                    {
                        ["what"] = check.What, ["expected"] = check.Expected, ["found"] = check.Found, ["passed"] = check.Passed,
                    }),
                ]),
                ["outcomes"] = new JsonObject((one.Load?.Endpoints ?? []).SelectMany(endpoint => endpoint.Outcomes.Select(
                    outcome => KeyValuePair.Create($"{endpoint.Endpoint} {outcome.Key}", (JsonNode?)outcome.Value)))),
                ["timeline"] = new JsonArray([
                    .. (one.Load?.Timeline ?? []).Select(second => new JsonArray(second.Second, second.Intended, second.Ok, second.Refused, second.Errors)),
                ]),
                ["figures"] = new JsonObject(one.Figures.Select(figure => KeyValuePair.Create(
                    figure.Key, (JsonNode?)(double.IsFinite(figure.Value) ? JsonValue.Create(figure.Value) : null)))),
                ["alerts"] = new JsonArray([
                    .. one.Fired.Select(alert => new JsonObject
                    {
                        ["labels"] = new JsonObject(alert.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
                        ["afterSeconds"] = alert.After.TotalSeconds,
                        ["received"] = alert.Received,
                    }),
                ]),
                ["history"] = one.Verification is { } verification ? JsonSerializer.SerializeToNode(verification.History, JsonSerializerOptions.Web) : null,
            }),
        ]),
        ["coverage"] = new JsonObject
        {
            ["alertsTested"] = Share(Coverage.Tested),
            ["alertsFired"] = Share(Coverage.Fired),
            ["panelsFilled"] = Share(Coverage.Filled),
        },
    }.ToJsonString(Indented);

    private static string Joined(IReadOnlyList<string> experiments) => experiments is [] ? "nothing" : string.Join(", ", experiments);

    private static JsonObject Share((int Covered, int All) share) => new() { ["covered"] = share.Covered, ["all"] = share.All };

    private static string[] Row(ExperimentReport one) =>
    [
        one.Experiment.Name,
        one.Verdict.ToString().ToLowerInvariant(),
        one.Moments is { } moments ? $"{(moments.Healed - moments.Begun).TotalSeconds:0}" : "–",
        $"{one.During.Ended}",
        $"{one.During.Failed}",
        one.Recovery is { } recovery ? $"{recovery.TotalSeconds:0.0}" : "–",
        $"{one.Acknowledged}",
        $"{one.Verification?.History.Lost}",
        $"{one.Verification?.History.Duplicate}",
        $"{one.Took.TotalSeconds:0}",
    ];

    private static string ChartOf(ExperimentReport one)
    {
        // The last second is a part of one: its sums would look like a fall.
        var seconds = one.Load!.Timeline.SkipLast(1).ToArray();
        ChartLine Line(string name, string colour, Func<Load.Measurement.TimelineSecond, double> value) =>
            new(name, colour, [.. seconds.Select(second => ((double)second.Second, value(second)))]);

        return new Chart(
            $"{one.Experiment.Name}: requests per second over seconds; the fault is between the lines",
            [
                Line("intended", "#8b8d98", second => second.Intended),
                Line("ok", "#30a46c", second => second.Ok),
                Line("refused", "#ffc53d", second => second.Refused),
                Line("errors", "#e5484d", second => second.Errors),
            ],
            one.Moments is { } moments ? [moments.Begun.TotalSeconds, moments.Healed.TotalSeconds] : []).ToSvg();
    }
}
