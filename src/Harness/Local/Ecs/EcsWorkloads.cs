using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Local.Ecs;

/// <summary>Every workload as its plan on ECS describes it, in place of what the chart rendered for Kubernetes.</summary>
public sealed class EcsWorkloads
{
    /// <param name="plans">By workload.</param>
    /// <param name="rendered">What the chart rendered of the workloads. Components that are not on ECS, such as those that AWS itself starts, stay so.</param>
    /// <exception cref="PlatformException">Something in a plan is not understood, or no plan has a service on ECS.</exception>
    public EcsWorkloads(IReadOnlyDictionary<string, Plan> plans, IReadOnlyList<JsonObject> rendered)
    {
        var onEcs = plans.Select(plan => Planned(plan.Key, plan.Value, rendered)).ToArray();
        var names = onEcs.SelectMany(workload => workload.Objects.Services).ToHashSet();
        JsonObject[] kept = [.. rendered.Where(o => !names.Contains(ComponentOf(o)))];
        string[] charts = [.. kept.Where(o => o["spec"]?["template"] is not null).Select(RenderedObjects.NameOf)];

        if (names.Count == 0)
        {
            throw new PlatformException(
                "No plan has an aws_ecs_service: nothing would run as it does on ECS.", "Release a workload with services to terraform/envs/local.");
        }

        Objects = [.. kept, .. onEcs.SelectMany(workload => workload.Objects.All)];
        Report =
        [
            .. onEcs.SelectMany(workload => workload.Objects.Report),
            .. onEcs.SelectMany(workload => workload.Given.Added).Select(added => $"added to {added.Container}: {added.Name}={added.Value}: {added.Why}"),
            .. charts.Select(name => $"{name}: not on ECS: played as the chart renders it"),
        ];
        var given = onEcs.SelectMany(workload => workload.Given.Added).Select(added => added.Name).Distinct().Order(StringComparer.Ordinal);
        Summary = $"{names.Count} services from Terraform's plan, {onEcs.Sum(workload => workload.Objects.NotPlayed)} of its resources without effect here, "
            + $"added to containers: {string.Join(", ", given)}{(charts is [] ? "" : $"; as the chart renders them: {string.Join(", ", charts)}")}";
    }

    public IReadOnlyList<JsonObject> Objects { get; }

    /// <summary>What becomes of each planned resource, what has no effect, and what is added to the containers, for <c>--verbose</c>: one line each.</summary>
    public IReadOnlyList<string> Report { get; }

    /// <summary>The same in a few words.</summary>
    public string Summary { get; }

    private static (EcsObjects Objects, GivenVariables Given) Planned(string workload, Plan plan, IReadOnlyList<JsonObject> rendered)
    {
        var given = new GivenVariables(workload, new(rendered));

        return (new EcsObjects(new(workload, plan, given)), given);
    }

    // As the chart labels every object of a component.
    private static string ComponentOf(JsonObject o) =>
        $"{o["metadata"]?["labels"]?["app.kubernetes.io/instance"]}-{o["metadata"]?["labels"]?["app.kubernetes.io/name"]}";
}
