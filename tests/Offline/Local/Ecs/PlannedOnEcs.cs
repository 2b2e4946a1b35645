using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Ecs;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Local.Ecs;

/// <summary>The released workloads of the environment <c>local</c>, as Terraform plans them for ECS and as the chart renders them.</summary>
public sealed class PlannedOnEcs(Workbench workbench) : IAsyncLifetime
{
    private IReadOnlyDictionary<string, Plan> plans = new Dictionary<string, Plan>();

    internal IReadOnlyDictionary<string, Plan> Plans => plans;

    internal IReadOnlyList<JsonObject> Rendered { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        plans = await new EcsPlans(workbench.Checkout, new Silent()).OfAsync(EcsTree.Images(workbench.Checkout), CancellationToken.None);
        var rendered = await Task.WhenAll(plans.Keys.Select(workload => workbench.RenderedAsync($"{Renderer.Environment}/{workload}")));
        Rendered = [.. rendered.SelectMany(Workbench.Objects)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The workloads as they are played.</summary>
    /// <param name="change">Changes the resources of every plan first.</param>
    internal EcsWorkloads Workloads(Action<PlannedChanges>? change = null) => new(
        plans.ToDictionary(
            plan => plan.Key,
            plan =>
            {
                var json = plan.Value.Json.DeepClone().AsObject();
                change?.Invoke(new PlannedChanges(json));

                return Plan.Parse(json);
            }),
        Rendered);
}

/// <summary>A plan's resources, as a test changes them.</summary>
internal sealed class PlannedChanges(JsonObject plan)
{
    /// <summary>Changes every resource of a type.</summary>
    public void Of(string type, Action<JsonObject> change) => Resources(type).ForEach(resource => change(resource["change"]!["after"]!.AsObject()));

    /// <summary>Changes every container definition.</summary>
    public void Containers(Action<JsonObject> change) => Of("aws_ecs_task_definition", task =>
    {
        var definitions = JsonNode.Parse((string)task["container_definitions"]!)!.AsArray();
        definitions.ToList().ForEach(definition => change(definition!.AsObject()));
        task["container_definitions"] = definitions.ToJsonString();
    });

    /// <summary>Gives every resource of a type another.</summary>
    public void Rename(string type, string another) => Resources(type).ForEach(resource => resource["type"] = another);

    private List<JsonNode> Resources(string type) =>
    [
        .. plan["resource_changes"]!.AsArray()
            .OfType<JsonNode>()
            .Where(resource => (string?)resource["type"] == type && (string?)resource["mode"] is "managed"),
    ];
}
