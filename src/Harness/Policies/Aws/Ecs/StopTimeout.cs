using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class StopTimeout() : ResourcePolicy(
    "ECS-6",
    "A container that is killed before it has drained loses the requests that it was serving.",
    [],
    Containers.Types)
{
    // What ECS's agent kills after where a container says nothing. Written down, since it is a setting of the instance.
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    private const int Least = 30;

    public override Verdict Judge(Subject subject) => Containers.Each(subject, container =>
        Seconds(container["stopTimeout"]) is not { } stop
            ? Verdict.Fail($"container {container["name"]} does not say after how long it is killed: set stopTimeout")
        : stop < Wanted(container) ? Verdict.Fail($"container {container["name"]} is killed after {stop} s, and needs {Wanted(container)} s to drain")
        : Verdict.Pass);

    private static int Wanted(JsonObject container) =>
        (container["environment"] as JsonArray ?? []).OfType<JsonObject>()
            .FirstOrDefault(variable => (string?)variable["name"] is ShutdownBudget.Variable) is { } budget
        && Seconds(budget["value"]) is { } seconds
            ? seconds + ShutdownBudget.Margin
            : Least;

    // A number, or a text with one: an environment has texts only.
    private static int? Seconds(JsonNode? value) => int.TryParse($"{value}", out var seconds) ? seconds : null;
}
