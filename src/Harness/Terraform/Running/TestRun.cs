using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Running;

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
                .Select(message => message["test_run"] as JsonObject)
                .OfType<JsonObject>()
                .Where(run => (string?)run["progress"] is null or "complete" && (string?)run["status"] is not (null or "pending"))
                .Select(run => Of(run, messages)),
        ];
    }

    private static TestRun Of(JsonObject run, IEnumerable<JsonObject> messages)
    {
        var (file, name) = ((string)run["path"]!, (string)run["run"]!);
        var said = messages.Where(message => (string?)message["@testfile"] == file && (string?)message["@testrun"] == name);

        return new(file, name, (string)run["status"]!, Diagnostic.ParseAll(string.Join('\n', said.Select(message => message.ToJsonString()))));
    }

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
