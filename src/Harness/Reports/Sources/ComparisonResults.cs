using System.Text.Json.Nodes;

namespace Causeway.Harness.Reports.Sources;

/// <summary>The last comparison of two revisions under load: <c>artifacts/load/compare/report.json</c>. It is made where there is a reason to.</summary>
public sealed class ComparisonResults : IResultSource
{
    internal const string Folder = "compare";

    public string Name => "load compared";

    public string Command => "./causeway load steady --compare main";

    public bool IsRequired => false;

    public IReadOnlyList<RunResult> Read(string artifacts) =>
    [
        .. ResultFile.In(Path.Combine(artifacts, "load", Folder), "report.json")
            .Select(file => ResultFile.Read(file, Folder, json => Read(json, file))),
    ];

    private static RunResult Read(JsonNode json, string file)
    {
        var name = json.Text("scenario");
        var values = json.Items("values");
        var higher = values.Where(value => value.Text("verdict") is "higher").ToArray();

        return new RunResult(
            name,
            values is [] ? RunVerdict.Invalid : higher is [] ? RunVerdict.Passed : RunVerdict.Failed,
            ResultFile.Written(file),
            json.Text("after"),
            new(values.Count, values.Count, 0, higher.Length))
        {
            Detail = Path.ChangeExtension(file, ".md"),
            Notes = [$"Compared with {CheckoutRevision.Shorten(json.Text("before"))}; pairs that were left out: {json.Whole("excluded")}"],
            Problems = values is []
                ? [new(name, "Too few pairs of runs were valid.")]
                : [.. higher.Select(value => new RunProblem(name, $"{value.Text("name")} is higher than before"))],
            Tables =
            [
                new(
                    $"Values of {name}, after over before",
                    ["value", "ratio", "95 % interval", "pairs", "verdict"],
                    [
                        .. values.Select(value => new[]
                        {
                            value.Text("name"), ResultFile.Shown(value["ratio"]), $"{ResultFile.Shown(value["low"])} to {ResultFile.Shown(value["high"])}",
                            $"{value.Whole("pairs")}", value.Text("verdict"),
                        }),
                    ]),
            ],
        };
    }
}
