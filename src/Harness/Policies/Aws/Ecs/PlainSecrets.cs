using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class PlainSecrets() : ResourcePolicy(
    "ECS-4",
    "What stands in a task definition is read by all who may list them, and stays in every revision.",
    ["AWS-0036"],
    Containers.Types)
{
    private static readonly string[] Names = ["PASSWORD", "SECRET", "TOKEN", "PRIVATE_KEY", "API_KEY", "ACCESS_KEY"];

    public override Verdict Judge(Subject subject) => Containers.Each(subject, container => Verdict.WorstOf(
        from variable in container["environment"] as JsonArray ?? []
        let name = (string?)variable!["name"] ?? ""
        where Names.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        select Verdict.Fail($"container {container["name"]} has {name} as plain text: name it under secrets")));
}
