using System.Text.Json.Nodes;
using Causeway.Harness.Checks;

namespace Causeway.Harness.Reports.Sources;

/// <summary>The last <c>./causeway check</c>: <c>artifacts/check/result.json</c>.</summary>
public sealed class CheckResults : IResultSource
{
    public string Name => "check";

    public string Command => "./causeway check";

    public bool IsRequired => true;

    /// <summary>Where the result is.</summary>
    public static string FileIn(string artifacts) => Path.Combine(artifacts, "check", "result.json");

    /// <summary>Leaves a run's result.</summary>
    /// <param name="leftOut">Gates that did not run.</param>
    public static void Write(string artifacts, IReadOnlyList<GateReport> reports, IReadOnlyList<IGate> leftOut, string revision, DateTimeOffset ended)
    {
        JsonArray Items(IEnumerable<ItemProblem> items) =>
            new([.. items.Select(item => new JsonObject { ["item"] = item.Item, ["problem"] = item.Problem })]);

        ResultFile.Write(FileIn(artifacts), new JsonObject
        {
            ["verdict"] = reports.All(report => report.Failures is []) ? "passed" : "failed",
            ["ended"] = ended.ToString("O"),
            ["revision"] = revision,
            ["leftOut"] = new JsonArray([.. leftOut.Select(gate => JsonValue.Create(gate.Name))]),
            ["gates"] = new JsonArray([
                .. reports.OrderBy(report => report.Gate, StringComparer.Ordinal).Select(report => new JsonObject
                {
                    ["gate"] = report.Gate,
                    ["expected"] = report.Expected,
                    ["checked"] = report.Checked.Count,
                    ["unchanged"] = report.Unchanged.Count,
                    ["seconds"] = report.Elapsed.TotalSeconds,
                    ["skipped"] = Items(report.Skipped),
                    ["failures"] = Items(report.Failures),
                }),
            ]),
        });
    }

    public IReadOnlyList<RunResult> Read(string artifacts) =>
        FileIn(artifacts) is var file && File.Exists(file) ? [ResultFile.Read(file, Name, Read)] : [];

    private RunResult Read(JsonNode json)
    {
        var gates = json.Items("gates");
        var leftOut = json.Texts("leftOut");
        var verdict = json.Verdict();

        return new RunResult(
            Name,
            verdict is RunVerdict.Passed && leftOut is not [] ? RunVerdict.Incomplete : verdict,
            json.Moment("ended"),
            json.Text("revision"),
            gates.Aggregate(new RunCounts(0, 0, 0, 0), (sum, gate) => sum + CountsOf(gate)))
        {
            Notes =
            [
                .. leftOut is [] ? [] : (string[])[$"Gates that were left out: {string.Join(", ", leftOut)}"],
                .. gates.SelectMany(gate => gate.Items("skipped").Select(item => $"skipped: {gate.Text("gate")}: {item.Text("item")}: {item.Text("problem")}")),
            ],
            Problems = [.. gates.SelectMany(gate => gate.Items("failures")
                .Select(item => new RunProblem($"{gate.Text("gate")}: {item.Text("item")}", item.Text("problem"))))],
            Tables =
            [
                new(
                    "Gates of the last check",
                    ["gate", "expected", "checked", "of them unchanged", "skipped", "failed", "seconds"],
                    [
                        .. gates.Select(gate => CountsOf(gate) is var counts ? new[]
                        {
                            gate.Text("gate"), $"{counts.Expected}", $"{counts.Checked}", $"{gate.Whole("unchanged")}", $"{counts.Skipped}",
                            $"{counts.Failed}", ResultFile.Shown(gate["seconds"]),
                        } : []),
                    ]),
            ],
        };
    }

    private static RunCounts CountsOf(JsonNode gate) =>
        new(gate.Whole("expected"), gate.Whole("checked"), gate.Items("skipped").Count, gate.Items("failures").Count);
}
