using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Ecs;

/// <summary>The containers of a task definition.</summary>
internal static class Containers
{
    public static string[] Types { get; } = ["aws_ecs_task_definition"];

    /// <summary>Judges each; unknown where the plan does not say what they will be.</summary>
    public static Verdict Each(Subject subject, Func<JsonObject, Verdict> judge) =>
        subject.Value("container_definitions") is { IsKnown: true, Value: { } text } && Parse((string?)text) is { } containers
            ? Verdict.WorstOf(containers.Select(judge))
            : Verdict.Unknown("container_definitions");

    private static JsonObject[]? Parse(string? text)
    {
        try
        {
            return text is not null && JsonNode.Parse(text) is JsonArray list ? [.. list.OfType<JsonObject>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
