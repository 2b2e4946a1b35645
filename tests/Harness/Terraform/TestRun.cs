using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>One <c>run</c> block of a Terraform test.</summary>
/// <param name="File">The test's file, relative to the root.</param>
/// <param name="Status"><c>pass</c>, <c>fail</c>, <c>error</c> or <c>skip</c>.</param>
public sealed record TestRun(string File, string Name, string Status, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Every finished run in what <c>terraform test -json</c> printed, with what was said about it.</summary>
    public static IReadOnlyList<TestRun> ParseAll(string output)
    {
        JsonObject[] messages = [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(Parse).OfType<JsonObject>()];

        return
        [
            .. messages
                .Where(message => message["test_run"] is JsonObject run && (string?)run["progress"] is null or "complete" && (string?)message["test_run"]?["status"] is not (null or "pending"))
                .Select(message => message["test_run"]!)
                .Select(run => new TestRun((string)run["path"]!, (string)run["run"]!, (string)run["status"]!, Said(messages, (string)run["path"]!, (string)run["run"]!))),
        ];
    }

    private static IReadOnlyList<Diagnostic> Said(IEnumerable<JsonObject> messages, string file, string run) =>
        Diagnostic.ParseAll(string.Join('\n', messages.Where(message => (string?)message["@testfile"] == file && (string?)message["@testrun"] == run).Select(message => message.ToJsonString())));

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
