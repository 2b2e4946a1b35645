using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs;

/// <summary>
/// Turns a plan of services on ECS into the objects that the local runtime plays: an <c>aws_ecs_service</c> with its task definition becomes a Deployment, its
/// names in Service Connect a Service, a rule of the load balancer an Ingress. Every type of resource it knows is a class in <c>Types/</c>.
/// </summary>
internal sealed class EcsObjects
{
    /// <exception cref="PlatformException">Something in the plan is not understood; the message names resource and field.</exception>
    public EcsObjects(PlannedResources planned)
    {
        var types = planned.All.Select(resource => (Resource: resource, Type: PlannedTypes.Of(resource))).ToArray();
        Report =
        [
            .. types.Select(pair => $"{pair.Resource.Address}: {pair.Type?.Effect ?? "not played: nothing of it runs"}"),
            .. types.SelectMany(pair => pair.Type?.Check(pair.Resource) ?? []),
        ];
        NotPlayed = types.Count(pair => pair.Type is not { HasEffect: true });
        Services = [.. planned.Of("aws_ecs_service").Select(planned.NameOf)];
        All = [.. types.SelectMany(pair => pair.Type?.Objects(pair.Resource, planned) ?? [])];

        if (All.GroupBy(o => (RenderedObjects.KindOf(o), RenderedObjects.NameOf(o))).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new PlatformException(
                $"Two resources in the plan of {planned.Workload} make the {twice.Key.Item1} {twice.Key.Item2}.",
                "Give the first containers of their task definitions different names.");
        }
    }

    public IReadOnlyList<JsonObject> All { get; }

    /// <summary>Names of the services on ECS.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>What becomes of each resource, and which of its fields have no effect here, for <c>--verbose</c>: one line each.</summary>
    public IReadOnlyList<string> Report { get; }

    /// <summary>How many resources have no effect here.</summary>
    public int NotPlayed { get; }
}
