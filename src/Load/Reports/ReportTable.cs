using Causeway.Load.Measurement;
using Causeway.Load.Verification;

namespace Causeway.Load.Reports;

/// <summary>A table of a report, before it is Markdown or HTML.</summary>
/// <param name="Note">What to know when reading it; empty: nothing.</param>
public sealed record ReportTable(string Title, string Note, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Every table of a report that has a row.</summary>
    internal static IReadOnlyList<ReportTable> Of(LoadReport report) =>
        [.. new[] { Run(report), Thresholds(report), Loads(report), LatencyOf(report), Errors(report), Curve(report), Figures(report), Services(report),
            Verification(report) }.Where(table => table.Rows is not [])];

    private static ReportTable Run(LoadReport report) => new("Run", "", ["what", "value"],
    [
        ["revision", report.Revision],
        ["configuration of the pods", report.Configuration],
        ["runtime", report.Runtime],
        ["seed", $"{report.Seed}"],
        ["started, took", $"{report.Started:yyyy-MM-dd HH:mm:ss}Z, {report.Took.TotalSeconds:0} s"],
        ["box", $"{report.Box.Processors} × {report.Box.Processor}, {report.Box.MemoryMiB} MiB, Linux {report.Box.Kernel}, {report.Box.Runtime}"],
        ["limits", $"cgroup cpu.max {report.Box.CgroupCpu}; governor {report.Box.Governor}; load average before the run {report.Box.LoadBefore:0.00}"],
    ]);

    private static ReportTable Thresholds(LoadReport report) => new("Thresholds", "", ["threshold", "what", "limit", "value", "verdict"],
    [
        .. report.Thresholds.Select(result => new[]
        {
            result.Threshold.Name,
            result.Threshold.Expression,
            $"{(result.Threshold.Bound is Bound.AtMost ? "≤" : "≥")} {result.Threshold.Limit:0.###}",
            Number(result.Value),
            result.Passed ? "passed" : "failed",
        }),
    ]);

    private static ReportTable Loads(LoadReport report) => new(
        "Load",
        "Lateness is how much later than intended the generator turned to an arrival. A closed model intends no rate.",
        ["phase", "model", "warm-up s", "measured s", "intended/s", "achieved/s", "goodput/s", "dropped", "lateness p99 ms", "generator cores"],
        [
            .. report.Phases.Select(phase => phase.Result is var result ? new[]
            {
                phase.Name,
                result.Model,
                Number(result.WarmUp.TotalSeconds),
                Number(result.Window.TotalSeconds),
                result.IsOpen ? Number(result.IntendedRate) : "–",
                Number(result.AchievedRate),
                Number(result.Goodput),
                $"{result.Dropped}",
                result.IsOpen ? Number(result.Lateness.Percentile(99)) : "–",
                $"{result.GeneratorCores:0.000}",
            } : []),
        ]);

    private static ReportTable LatencyOf(LoadReport report) => new(
        "Latency in ms",
        "“latency” counts from the intended start, “service” from the actual one. Refusals are apart from both.",
        ["phase", "endpoint", "what", "requests", "p50", "p90", "p99", "p99.9", "max"],
        [
            .. from phase in report.Phases
               from endpoint in phase.Result.Endpoints
               from row in new[] { ("latency", endpoint.Latency), ("service", endpoint.Service), ("refusal", endpoint.Refusal) }
               where row.Item2.Count > 0
               select Row(phase.Name, endpoint.Endpoint, row.Item1, row.Item2.Summary),
        ]);

    private static ReportTable Errors(LoadReport report) => new("Outcomes", "", ["phase", "endpoint", "outcome", "requests"],
    [
        .. from phase in report.Phases
           from endpoint in phase.Result.Endpoints
           from outcome in endpoint.Outcomes.OrderBy(outcome => outcome.Key)
           select new[] { phase.Name, endpoint.Endpoint, Words(outcome.Key), $"{outcome.Value}" },
    ]);

    private static ReportTable Curve(LoadReport report) => new(
        "Steps",
        report.Curve is not { } found ? ""
            : found.Knee is not { } knee ? "Not even the lowest rate was sustained."
            : $"Knee: {knee:0.#}/s{(found.IsBounded ? "" : " or more: the highest step was sustained")}.",
        ["offered/s", "goodput/s", "p50 ms", "p99 ms", "refused", "errors", "sustained"],
        [
            .. (report.Curve?.Points ?? []).Select(point => new[]
            {
                Number(point.Offered), Number(point.Goodput), Number(point.P50), Number(point.P99), $"{point.Refused}", $"{point.Errors}",
                point.Sustained ? "yes" : "no",
            }),
        ]);

    private static ReportTable Figures(LoadReport report) => new("Figures", "", ["figure", "value", "unit", "how"],
        [.. report.Figures.Select(figure => new[] { figure.Name, Number(figure.Value), figure.Unit, figure.Note })]);

    private static ReportTable Services(LoadReport report) => new(
        "Services",
        "From the first phase to the last, as Prometheus has it; the last export interval may be missing.",
        ["service", "replicas", "CPU s", "RSS MiB", "RSS growth", "collections", "pause s", "allocated MiB", "thread queue"],
        [
            .. report.Services.Select(use => new[]
            {
                use.Service, $"{use.Replicas}", Number(use.CpuSeconds), Number(use.WorkingSetMiB), Number(use.WorkingSetGrowth), Number(use.Collections),
                Number(use.PauseSeconds), Number(use.AllocatedMiB), Number(use.QueueLength),
            }),
        ]);

    private static ReportTable Verification(LoadReport report) => Of(report.Verification);

    /// <summary>What was verified. Without a row where nothing was.</summary>
    public static ReportTable Of(VerificationResult? result) => new("Verification", "", ["what", "expected", "found", "verdict"],
        result is not { History: var history } verification
            ? []
            :
            [
                ["acknowledged writes that are stored", $"{history.Acknowledged}", $"{history.Found}", Verdict(history.Lost is 0 && history.Acknowledged > 0)],
                ["lost", "0", $"{history.Lost}", Verdict(history.Lost is 0)],
                ["duplicate", "0", $"{history.Duplicate}", Verdict(history.Duplicate is 0)],
                ["unexpected", "0", $"{history.Unexpected}", Verdict(history.Unexpected is 0)],
                ["outcome unknown to the client", "–", $"{history.Unknown}, of which {history.UnknownStored} are stored", "either is right"],
                ["refused", "–", $"{history.Refused}", "–"],
                .. verification.Invariants.Select(invariant =>
                    new[] { invariant.Name, invariant.Expected, invariant.Found, Verdict(invariant.Holds) }),
            ]);

    private static string[] Row(string phase, string endpoint, string what, Percentiles summary) =>
    [
        phase, endpoint, what, $"{summary.Count}", Number(summary.P50), Number(summary.P90), Number(summary.P99), Number(summary.P999), Number(summary.Max),
    ];

    private static string Verdict(bool passed) => passed ? "passed" : "failed";

    private static string Words(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Ok => "ok",
        OutcomeKind.Refused => "refused with Retry-After",
        OutcomeKind.Timeout => "time-out",
        OutcomeKind.ConnectionRefused => "connection refused",
        OutcomeKind.ConnectionReset => "connection reset",
        OutcomeKind.ClientError => "status 4xx",
        OutcomeKind.ServerError => "status 5xx",
        _ => "wrong answer",
    };

    /// <summary>A value with as many digits as a reader needs.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : value >= 100 ? $"{value:0}" : value >= 10 ? $"{value:0.0}" : $"{value:0.00}";
}
