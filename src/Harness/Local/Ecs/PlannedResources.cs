using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Local.Ecs;

/// <summary>The resources of one workload's plan, with the questions that playing them asks.</summary>
/// <param name="plan">One in which all values are known: what it describes is applied already.</param>
/// <param name="given">What AWS gives to containers and a plan does not say.</param>
internal sealed class PlannedResources(string workload, Plan plan, GivenVariables given)
{
    /// <summary>Namespace of the objects that are made of them.</summary>
    public string Workload => workload;

    public GivenVariables Given => given;

    public IReadOnlyList<PlannedResource> All { get; } =
    [
        .. plan.Resources.Where(resource => resource is { Mode: "managed", After: JsonObject })
            .Select(resource => new PlannedResource(resource.Address, resource.Type, resource.After!.AsObject())),
    ];

    public IEnumerable<PlannedResource> Of(string type) => All.Where(resource => resource.Type == type);

    /// <summary>The resource of a type with an ARN.</summary>
    /// <param name="by">The resource that names it.</param>
    /// <exception cref="PlatformException">The plan has none: it is another stack's.</exception>
    public PlannedResource ByArn(string type, JsonNode? arn, PlannedResource by) =>
        Of(type).SingleOrDefault(resource => (string?)resource["arn"] == (string?)arn)
            ?? throw new PlatformException(
                $"{by.Address} names the {type} {arn}, which is not in its plan.", "Make it in the same stack: here only what one plan holds is played.");

    /// <summary>What a service is called here and by its callers: as the first container of its task definition is.</summary>
    public string NameOf(PlannedResource service) =>
        (string)ContainersOf(ByArn("aws_ecs_task_definition", service["task_definition"], service))[0]!["name"]!;

    /// <summary>The container definitions of a task definition.</summary>
    public static JsonArray ContainersOf(PlannedResource task) => JsonNode.Parse((string)task["container_definitions"]!)!.AsArray();
}
