using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Load.Measurement;

namespace Causeway.Load.Reports;

/// <summary>A report for programs. Times are in milliseconds; what is not a number is null.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(LoadReport report) => new JsonObject
    {
        ["workload"] = report.Workload,
        ["scenario"] = report.Scenario,
        ["verdict"] = report.Verdict.ToString().ToLowerInvariant(),
        ["reasons"] = new JsonArray([.. report.Reasons.Select(reason => JsonValue.Create(reason))]),
        ["started"] = report.Started.ToString("O"),
        ["tookSeconds"] = report.Took.TotalSeconds,
        ["revision"] = report.Revision,
        ["configuration"] = report.Configuration,
        ["runtime"] = report.Runtime,
        ["seed"] = report.Seed,
        ["box"] = JsonSerializer.SerializeToNode(report.Box, JsonSerializerOptions.Web),
        ["phases"] = new JsonArray([.. report.Phases.Select(phase => Phase(phase))]),
        ["curve"] = report.Curve is { } curve
            ? new JsonObject
            {
                ["knee"] = curve.Knee,
                ["isBounded"] = curve.IsBounded,
                ["points"] = new JsonArray([
                    .. curve.Points.Select(point => new JsonObject
                    {
                        ["offered"] = point.Offered,
                        ["goodput"] = point.Goodput,
                        ["p50"] = Number(point.P50),
                        ["p99"] = Number(point.P99),
                        ["refused"] = point.Refused,
                        ["errors"] = point.Errors,
                        ["sustained"] = point.Sustained,
                    }),
                ]),
            }
            : null,
        ["figures"] = new JsonArray([
            .. report.Figures.Select(figure => new JsonObject
            {
                ["name"] = figure.Name,
                ["value"] = Number(figure.Value),
                ["unit"] = figure.Unit,
                ["note"] = figure.Note,
            }),
        ]),
        ["services"] = new JsonArray([
            .. report.Services.Select(use => new JsonObject
            {
                ["service"] = use.Service,
                ["replicas"] = use.Replicas,
                ["cpuSeconds"] = Number(use.CpuSeconds),
                ["workingSetMiB"] = Number(use.WorkingSetMiB),
                ["workingSetGrowth"] = Number(use.WorkingSetGrowth),
                ["collections"] = Number(use.Collections),
                ["pauseSeconds"] = Number(use.PauseSeconds),
                ["allocatedMiB"] = Number(use.AllocatedMiB),
                ["queueLength"] = Number(use.QueueLength),
            }),
        ]),
        ["thresholds"] = new JsonArray([
            .. report.Thresholds.Select(result => new JsonObject
            {
                ["name"] = result.Threshold.Name,
                ["expression"] = result.Threshold.Expression,
                ["bound"] = result.Threshold.Bound is Bound.AtMost ? "at most" : "at least",
                ["limit"] = result.Threshold.Limit,
                ["value"] = Number(result.Value),
                ["passed"] = result.Passed,
            }),
        ]),
        ["verification"] = report.Verification is { } verification
            ? new JsonObject
            {
                ["passed"] = verification.Passed,
                ["history"] = JsonSerializer.SerializeToNode(verification.History, JsonSerializerOptions.Web),
                ["invariants"] = new JsonArray([
                    .. verification.Invariants.Select(invariant => new JsonObject
                    {
                        ["name"] = invariant.Name,
                        ["expected"] = invariant.Expected,
                        ["found"] = invariant.Found,
                        ["holds"] = invariant.Holds,
                    }),
                ]),
            }
            : null,
    }.ToJsonString(Indented);

    private static JsonObject Phase(Phase phase)
    {
        var result = phase.Result;

        return new JsonObject
        {
            ["name"] = phase.Name,
            ["model"] = result.Model,
            ["isOpen"] = result.IsOpen,
            ["warmUpSeconds"] = result.WarmUp.TotalSeconds,
            ["measuredSeconds"] = result.Window.TotalSeconds,
            ["intended"] = result.Intended,
            ["intendedRate"] = Number(result.IntendedRate),
            ["started"] = result.Started,
            ["achievedRate"] = Number(result.AchievedRate),
            ["goodput"] = Number(result.Goodput),
            ["dropped"] = result.Dropped,
            ["lateness"] = Percentiles(result.Lateness),
            ["generatorCores"] = Number(result.GeneratorCores),
            ["errorRatio"] = Number(result.ErrorRatio),
            ["invalid"] = new JsonArray([.. result.Invalid.Select(reason => JsonValue.Create(reason))]),
            ["endpoints"] = new JsonArray([
                .. result.Endpoints.Select(endpoint => new JsonObject
                {
                    ["endpoint"] = endpoint.Endpoint,
                    ["outcomes"] = new JsonObject(endpoint.Outcomes.OrderBy(outcome => outcome.Key)
                        .Select(outcome => KeyValuePair.Create(NameOf(outcome.Key), (JsonNode?)outcome.Value))),
                    ["latency"] = Percentiles(endpoint.Latency),
                    ["service"] = Percentiles(endpoint.Service),
                    ["refusal"] = Percentiles(endpoint.Refusal),
                    ["latencyHistogram"] = new JsonArray([
                        .. endpoint.Latency.Values.Select(value => new JsonArray(value.Microseconds, value.Count)),
                    ]),
                }),
            ]),
            ["timeline"] = new JsonArray([
                .. result.Timeline.Select(second => new JsonArray(
                    second.Second, second.Intended, second.Dropped, second.Ok, second.Refused, second.Errors, Number(second.P50), Number(second.P99))),
            ]),
        };
    }

    private static JsonObject Percentiles(Latencies latencies)
    {
        var summary = latencies.Summary;

        return new JsonObject
        {
            ["count"] = summary.Count,
            ["p50"] = Number(summary.P50),
            ["p90"] = Number(summary.P90),
            ["p99"] = Number(summary.P99),
            ["p99.9"] = Number(summary.P999),
            ["max"] = Number(summary.Max),
        };
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string NameOf(OutcomeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
