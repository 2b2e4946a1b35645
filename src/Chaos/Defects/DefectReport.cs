using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Chaos.Reports;
using Causeway.Load.Reports;

namespace Causeway.Chaos.Defects;

/// <summary>What came of a defect.</summary>
public enum DefectVerdict
{
    /// <summary>The check that must catch it failed.</summary>
    Caught,

    /// <summary>The experiment ended, and the check held.</summary>
    Missed,

    /// <summary>It was not built, was not steady, or broke off: nothing is known.</summary>
    Invalid,
}

/// <summary>A defect, and what came of it.</summary>
/// <param name="Report">Of the experiment; null: it was not run.</param>
/// <param name="Broken">Why it was not run; null: it was.</param>
public sealed record DefectResult(Defect Defect, ExperimentReport? Report, string? Broken, TimeSpan Took)
{
    private Check? Named => Report?.Checks.FirstOrDefault(check => check.What == Defect.Check);

    /// <summary>A run that is invalid or breaks off catches nothing, and neither does a check that was not made.</summary>
    public DefectVerdict Verdict => Named is not { } named ? DefectVerdict.Invalid : named.Passed ? DefectVerdict.Missed : DefectVerdict.Caught;

    /// <summary>What the check found, or why nothing is known.</summary>
    public string Found => Named is { } named ? $"{named.What}: expected {named.Expected}, found {named.Found}"
        : Broken is not null ? Broken
        : Report!.Reasons is [var reason, ..] ? reason
        : $"the experiment {Defect.Experiment} has no check {Defect.Check}";

    /// <summary>What else failed.</summary>
    public IReadOnlyList<string> Others =>
    [
        .. (Report?.Checks ?? []).Where(check => !check.Passed && check.What != Defect.Check)
            .Select(check => $"{check.What}: expected {check.Expected}, found {check.Found}"),
    ];
}

/// <summary>What came of all defects.</summary>
/// <param name="Expected">How many were to be run.</param>
public sealed record DefectReport(int Seed, int Expected, IReadOnlyList<DefectResult> Results, TimeSpan Took)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>0: every one was caught. 1: one was missed, or nothing is known of it.</summary>
    public int ExitCode => Expected > 0 && Results.Count == Expected && Results.All(result => result.Verdict is DefectVerdict.Caught) ? 0 : 1;

    /// <summary>Counts in a line.</summary>
    public string Summary =>
        $"defects: {Expected} expected, {Results.Count} checked, {Expected - Results.Count} skipped; " +
        $"{string.Join(", ", Enum.GetValues<DefectVerdict>().Select(verdict => $"{Results.Count(result => result.Verdict == verdict)} {Word(verdict)}"))}";

    /// <summary>Writes <c>report.html</c>, <c>report.md</c> and <c>report.json</c>.</summary>
    /// <param name="folder">Made where it is missing.</param>
    public Task WriteAsync(string folder, CancellationToken stop) => ReportFiles.WriteAsync(ToPage(), ToJson(), folder, stop);

    /// <summary>For a browser or a terminal.</summary>
    public ReportPage ToPage() => new(
        "Defects",
        ExitCode is 0 ? "passed" : "failed",
        "Each defect is played in the place of its component; the check that must catch it has to fail.",
        [.. Results.Where(result => result.Verdict is not DefectVerdict.Caught).Select(result => $"{result.Defect.Name}: {result.Found}")],
        [],
        [
            new("Run", "", ["what", "value"], [["seed", $"{Seed}"], ["took", $"{Took.TotalSeconds:0} s"], ["counts", Summary]]),
            new(
                "Defects",
                "",
                ["workload", "defect", "what is wrong", "fault", "caught by", "found", "failed as well", "verdict", "took s"],
                [
                    .. Results.Select(result => new[]
                    {
                        result.Defect.Workload, result.Defect.Name, result.Defect.Description, result.Defect.Experiment, result.Defect.Check, result.Found,
                        string.Join("; ", result.Others), Word(result.Verdict), $"{result.Took.TotalSeconds:0}",
                    }),
                ]),
        ]);

    /// <summary>For programs. Times are in seconds.</summary>
    public string ToJson() => new JsonObject
    {
        ["verdict"] = ExitCode is 0 ? "passed" : "failed",
        ["seed"] = Seed,
        ["expected"] = Expected,
        ["checked"] = Results.Count,
        ["skipped"] = Expected - Results.Count,
        ["tookSeconds"] = Took.TotalSeconds,
        ["defects"] = new JsonArray([
            .. Results.Select(result => new JsonObject
            {
                ["workload"] = result.Defect.Workload,
                ["name"] = result.Defect.Name,
                ["fault"] = result.Defect.Experiment,
                ["check"] = result.Defect.Check,
                ["verdict"] = Word(result.Verdict),
                ["found"] = result.Found,
                ["failedAsWell"] = new JsonArray([.. result.Others.Select(other => JsonValue.Create(other))]),
                ["tookSeconds"] = result.Took.TotalSeconds,
            }),
        ]),
    }.ToJsonString(Indented) + "\n";

    private static string Word(DefectVerdict verdict) => verdict.ToString().ToLowerInvariant();
}
