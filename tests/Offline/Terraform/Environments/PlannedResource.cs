using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>A resource of a plan as a test may change it.</summary>
internal sealed record PlannedResource(string Type, string Module, JsonObject Values)
{
    public static IReadOnlyList<PlannedResource> Of(Plan plan) =>
    [
        .. plan.Resources.Where(resource => resource is { Mode: "managed", After: JsonObject })
            .Select(resource => new PlannedResource(resource.Type, resource.Module, resource.After!.DeepClone().AsObject())),
    ];
}
