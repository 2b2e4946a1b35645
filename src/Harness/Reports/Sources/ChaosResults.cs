using System.Text.Json.Nodes;

namespace Causeway.Harness.Reports.Sources;

/// <summary>
/// The last runs of chaos experiments: <c>artifacts/chaos/&lt;run&gt;/report.json</c>. A run of one fault, and one of all, lie beside each other; a run whose
/// every experiment ran again later is not shown.
/// </summary>
public sealed class ChaosResults : IResultSource
{
    public string Name => "chaos";

    public string Command => "./causeway chaos --all";

    public bool IsRequired => true;

    public IReadOnlyList<RunResult> Read(string artifacts)
    {
        var folder = Path.Combine(artifacts, "chaos");
        var ran = new HashSet<string>();
        var shown = new List<RunResult>();

        foreach (var file in ResultFile.In(folder, "report.json").OrderByDescending(Ended))
        {
            string[] experiments = [];
            var result = ResultFile.Read(file, Path.GetRelativePath(folder, Path.GetDirectoryName(file)!), json =>
            {
                experiments = [.. json.Items("experiments").Select(NameOf)];

                return Read(json, file, Path.GetRelativePath(folder, Path.GetDirectoryName(file)!));
            });
            var isNew = experiments.Where(ran.Add).ToArray() is not [];

            if (isNew || experiments is [])
            {
                shown.Add(result);
            }
        }

        return shown;
    }

    // Reports may say when they began. A file that cannot be read is shown whenever it was written.
    private static DateTimeOffset Ended(string file) =>
        ResultFile.Read(file, "", json => new("", RunVerdict.Passed, EndedOf(json, file), null, new(0, 0, 0, 0))).Ended;

    private static DateTimeOffset EndedOf(JsonNode json, string file) =>
        json["started"] is null ? ResultFile.Written(file) : json.Moment("started").AddSeconds((double?)json["tookSeconds"] ?? 0);

    private static string NameOf(JsonNode experiment) => $"{experiment.Text("workload")}/{experiment.Text("name")}";

    private static RunResult Read(JsonNode json, string file, string run)
    {
        var experiments = json.Items("experiments");
        var checks = experiments.SelectMany(one => one.Items("checks")).ToArray();
        // An experiment that was not begun, or broke off, has no checks: it counts as one that failed or was skipped.
        var withoutChecks = experiments.Where(one => one.Items("checks") is []).ToArray();
        var skipped = withoutChecks.Count(one => one.Verdict() is RunVerdict.Invalid);
        var failed = withoutChecks.Length - skipped;

        return new RunResult(
            run,
            json.Verdict(),
            EndedOf(json, file),
            json.Text("revision"),
            new(checks.Length + withoutChecks.Length, checks.Length + failed, skipped, checks.Count(check => !check.Flag("passed")) + failed))
        {
            Detail = Path.ChangeExtension(file, ".html"),
            Problems = [.. experiments.SelectMany(one => one.Texts("reasons").Select(reason => new RunProblem(NameOf(one), reason)))],
            Tables =
            [
                new(
                    $"Faults of the run {run}",
                    ["fault", "verdict", "checks", "passed", "requests", "failed requests", "recovery s"],
                    [
                        .. experiments.Select(one => new[]
                        {
                            NameOf(one), one.Text("verdict"), $"{one.Items("checks").Count}", $"{one.Items("checks").Count(check => check.Flag("passed"))}",
                            ResultFile.Shown(one["requests"]), ResultFile.Shown(one["failed"]), ResultFile.Shown(one["recoverySeconds"]),
                        }),
                    ]),
                new(
                    $"Checks of the run {run}",
                    ["fault", "what", "expected", "found", "verdict"],
                    [
                        .. from one in experiments
                           from check in one.Items("checks")
                           select new[]
                           {
                               NameOf(one), check.Text("what"), check.Text("expected"), check.Text("found"), check.Flag("passed") ? "passed" : "failed",
                           },
                    ]),
                new(
                    $"Coverage of the run {run}",
                    ["what", "covered", "of"],
                    [
                        .. (json["coverage"] as JsonObject ?? []).Select(share => new[]
                        {
                            Words(share.Key), ResultFile.Shown(share.Value!["covered"]), ResultFile.Shown(share.Value["all"]),
                        }),
                    ]),
            ],
        };
    }

    // alertsFired: alerts fired.
    private static string Words(string field) =>
        string.Concat(field.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
