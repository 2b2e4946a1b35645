using System.Text.Json.Nodes;

namespace Causeway.Harness.Reports.Sources;

/// <summary>The last run of each load scenario: <c>artifacts/load/&lt;workload&gt;/&lt;scenario&gt;/report.json</c>.</summary>
public sealed class LoadResults : IResultSource
{
    public string Name => "load";

    public string Command => "./causeway load all";

    public bool IsRequired => true;

    public IReadOnlyList<RunResult> Read(string artifacts) =>
    [
        .. from file in ResultFile.In(Path.Combine(artifacts, "load"), "report.json")
           let name = Path.GetRelativePath(Path.Combine(artifacts, "load"), Path.GetDirectoryName(file)!)
           where !name.StartsWith(ComparisonResults.Folder, StringComparison.Ordinal)
           select ResultFile.Read(file, name, json => Read(json, Path.ChangeExtension(file, ".html"))),
    ];

    private static RunResult Read(JsonNode json, string page)
    {
        var name = $"{json.Text("workload")}/{json.Text("scenario")}";
        var thresholds = json.Items("thresholds");
        var verification = json["verification"];
        var isVerified = verification is not null && verification.Flag("passed");
        var failed = thresholds.Count(threshold => !threshold.Flag("passed")) + (isVerified ? 0 : 1);

        return new RunResult(
            name,
            json.Verdict(),
            json.Moment("started").AddSeconds((double?)json["tookSeconds"] ?? 0),
            json.Text("revision"),
            // The thresholds, and the verification as one more.
            new(thresholds.Count + 1, thresholds.Count(threshold => threshold["value"] is not null) + (verification is null ? 0 : 1), 0, failed))
        {
            Detail = page,
            Problems = [.. json.Texts("reasons").Select(reason => new RunProblem(name, reason))],
            Tables =
            [
                new(
                    $"Thresholds and verification of {name}",
                    ["threshold", "what", "limit", "value", "verdict"],
                    [
                        .. thresholds.Select(threshold => new[]
                        {
                            threshold.Text("name"),
                            threshold.Text("expression"),
                            $"{threshold.Text("bound")} {ResultFile.Shown(threshold["limit"])}",
                            ResultFile.Shown(threshold["value"]),
                            threshold.Flag("passed") ? "passed" : "failed",
                        }),
                        [
                            "verification", "what was acknowledged is stored once", "–", "–",
                            verification is null ? "not run" : isVerified ? "passed" : "failed",
                        ],
                    ]),
            ],
        };
    }
}
