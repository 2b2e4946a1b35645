using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Resources;

/// <summary>The resources that the contracts of an environment's workloads declare.</summary>
internal static class WantedResources
{
    /// <summary>Makes those that are not there in their stand-ins; returns in words what was made.</summary>
    /// <param name="open">The resources of one kind in their stand-in; disposed here.</param>
    public static async Task<string> CreateAsync(Renderer renderer, Func<string, Task<IResources>> open, CancellationToken stop)
    {
        var wanted = from workload in renderer.Workloads
                     from kind in renderer.Contract(workload)["resources"]?.AsObject() ?? []
                     from resource in kind.Value!.AsObject()
                     select (Kind: kind.Key, Name: $"{renderer.Facts["name"]}-{workload}-{resource.Key}", Description: resource.Value!.AsObject());
        var created = new List<string>();

        foreach (var kind in wanted.GroupBy(resource => resource.Kind))
        {
            using var resources = await open(kind.Key);

            if (await resources.EnsureAsync(kind.ToDictionary(resource => resource.Name, resource => resource.Description), stop) is > 0 and var count)
            {
                created.Add($"{count} {kind.Key}");
            }
        }

        return created is [] ? "all there" : string.Join(", ", created);
    }
}
