using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Digests;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Harness.Reports.Sources;

/// <summary>The last <c>./causeway plan</c> of this repository's stacks: <c>artifacts/plan/result.json</c>.</summary>
public sealed class PlanResults : IResultSource
{
    public string Name => "plan";

    public string Command => "./causeway plan";

    public bool IsRequired => true;

    /// <summary>Where the result is.</summary>
    public static string FileIn(string artifacts) => Path.Combine(artifacts, "plan", "result.json");

    /// <summary>Leaves a run's result.</summary>
    /// <param name="problem">Why it failed; null: it passed.</param>
    public static void Write(
        string artifacts, PlanRequest request, IReadOnlyList<Digest> digests, string? problem, string revision, DateTimeOffset ended) =>
        ResultFile.Write(FileIn(artifacts), new JsonObject
        {
            ["verdict"] = problem is null ? "passed" : "failed",
            ["ended"] = ended.ToString("O"),
            ["revision"] = revision,
            ["asked"] = Asked(request),
            // A plan against a commit shows what differs from it, not what there is.
            ["isPart"] = request.Environment is not null || request.Against is not null,
            ["problem"] = problem,
            ["plans"] = new JsonArray([
                .. digests.Select(digest => new JsonObject
                {
                    ["name"] = digest.Name,
                    ["head"] = digest.Head,
                    ["changes"] = new JsonArray([.. digest.Entries.Select(entry => JsonValue.Create($"{entry.Sign} {entry.Head}"))]),
                }),
            ]),
        });

    public IReadOnlyList<RunResult> Read(string artifacts) =>
        FileIn(artifacts) is var file && File.Exists(file) ? [ResultFile.Read(file, Name, Read)] : [];

    private static string Asked(PlanRequest request) => string.Join(' ',
    [
        request.Environment ?? "every environment",
        .. request.Stack is { } stack ? [stack] : Array.Empty<string>(),
        .. request.Against is { } reference ? [$"against {reference}"] : Array.Empty<string>(),
        .. request.Real ? ["in the account"] : Array.Empty<string>(),
    ]);

    private RunResult Read(JsonNode json)
    {
        var plans = json.Items("plans");
        var problem = (string?)json["problem"];
        var verdict = json.Verdict();
        // A plan that Terraform refused has no digest, so it is counted apart.
        var failed = problem is null ? 0 : 1;

        return new RunResult(
            json.Text("asked"),
            verdict is RunVerdict.Passed && json.Flag("isPart") ? RunVerdict.Incomplete : verdict,
            json.Moment("ended"),
            json.Text("revision"),
            new(plans.Count + failed, plans.Count + failed, 0, failed))
        {
            Problems = problem is null ? [] : [new(json.Text("asked"), problem)],
            Tables =
            [
                new(
                    "Plans and their digests",
                    ["plan", "digest", "changes"],
                    [.. plans.Select(plan => new[] { plan.Text("name"), plan.Text("head"), string.Join('\n', plan.Texts("changes")) })]),
            ],
        };
    }
}
