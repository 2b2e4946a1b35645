using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>
/// A workload is the same on ECS as on Kubernetes: the plan of the stack <c>workload</c> against what the chart renders from the same documents.
/// </summary>
[Trait("gate", "repository")]
[Collection(SamePlans.Name)]
public sealed class RuntimeParityTests(Workbench workbench, PlannedStacks planned)
{
    /// <summary>Each field: how it is changed in Helm's objects of a service, and in the plan's resources of it.</summary>
    private static readonly IReadOnlyDictionary<string, (Action<ObjectsOf> Kubernetes, Action<ResourcesOf> Ecs)> Edits =
        new Dictionary<string, (Action<ObjectsOf>, Action<ResourcesOf>)>
        {
            ["image"] = (of => of.Container["image"] = "another", of => of.Container(container => container["image"] = "another")),
            ["user"] = (of => of.Pod["securityContext"]!["runAsUser"] = 5, of => of.Container(container => container["user"] = "5")),
            ["read-only root"] = (
                of => of.Container["securityContext"]!["readOnlyRootFilesystem"] = false,
                of => of.Container(container => container["readonlyRootFilesystem"] = false)),
            ["gains privileges"] = (
                of => of.Container["securityContext"]!["allowPrivilegeEscalation"] = true,
                of => of.Container(container => container["dockerSecurityOptions"] = new JsonArray())),
            ["port"] = (
                of => of.Container["ports"]![0]!["containerPort"] = 5, of => of.Container(container => container["portMappings"]![0]!["containerPort"] = 5)),
            ["cpu"] = (of => of.Container["resources"]!["requests"]!["cpu"] = "5m", of => of.Container(container => container["cpu"] = 5)),
            ["memory"] = (of => of.Container["resources"]!["limits"]!["memory"] = "5Mi", of => of.Container(container => container["memory"] = 5)),
            ["least replicas"] = (
                of => of.Of("HorizontalPodAutoscaler")["spec"]!["minReplicas"] = 55, of => of.Of("aws_appautoscaling_target")["min_capacity"] = 55),
            ["most replicas"] = (
                of => of.Of("HorizontalPodAutoscaler")["spec"]!["maxReplicas"] = 55, of => of.Of("aws_appautoscaling_target")["max_capacity"] = 55),
            ["cpu target"] = (
                of => of.Of("HorizontalPodAutoscaler")["spec"]!["metrics"]![0]!["resource"]!["target"]!["averageUtilization"] = 5,
                of => of.Of("aws_appautoscaling_policy")["target_tracking_scaling_policy_configuration"]![0]!["target_value"] = 5),
            ["readiness"] = (
                of => of.Container["readinessProbe"]!["httpGet"]!["path"] = "/another",
                of => of.Of("aws_lb_target_group")["health_check"]![0]!["path"] = "/another"),
            ["seconds to stop"] = (
                of => of.Pod["terminationGracePeriodSeconds"] = 500, of => of.Container(container => container["stopTimeout"] = 500)),
            ["routes"] = (
                of => of.Of("Ingress")["spec"]!["rules"]![0]!["host"] = "another",
                of => of.Of("aws_lb_listener_rule")["condition"]!.AsArray()
                    .Single(condition => condition!["host_header"]!.AsArray().Count > 0)!["host_header"]![0]!["values"]![0] = "another"),
            ["environment PORT"] = (
                of => of.Of("ConfigMap")["data"]!["PORT"] = "5",
                of => of.Container(container => container["environment"]!.AsArray().Single(one => (string)one!["name"]! == "PORT")!["value"] = "5")),
        };

    [Fact]
    public async Task Every_service_is_the_same_on_both()
    {
        var services = new List<(string Name, string? Problem)>();

        foreach (var instance in OnEcs())
        {
            var (kubernetes, ecs) = (OnNetwork(instance, ServiceShape.OfKubernetes(await RenderAsync(instance))), ServiceShape.OfEcs(Resources(instance)));
            services.AddRange(kubernetes.Select(shape => ($"{instance.Name}: {shape.Name}", Problem(shape, ecs))));
            services.AddRange(ecs.ExceptBy(kubernetes.Select(shape => shape.Name), shape => shape.Name)
                .Select(shape => ($"{instance.Name}: {shape.Name}", (string?)"is on ECS alone")));
        }

        var gate = new Gate("services on both runtimes", services.Select(service => service.Name));
        services.ForEach(service => gate.Record(service.Name, service.Problem));
        gate.Close();
    }

    [Fact]
    public async Task A_field_that_is_changed_on_one_side_is_named()
    {
        var instance = OnEcs().First(instance => Resources(instance).Any(resource => resource.Type is "aws_lb_listener_rule"));
        var objects = await RenderAsync(instance);
        var (kubernetes, ecs) = (OnNetwork(instance, ServiceShape.OfKubernetes(objects)), ServiceShape.OfEcs(Resources(instance)));
        var routed = ecs.First(shape => shape.Fields["routes"] is not "" && shape.Fields["cpu target"] is not "");
        var fields = routed.Fields.Keys.Where(field => !field.StartsWith("environment ", StringComparison.Ordinal)).Append("environment PORT").ToArray();
        var gate = new Gate("fields of services", fields.SelectMany(field => new[] { $"{field} on Kubernetes", $"{field} on ECS" }));

        foreach (var (field, (onKubernetes, onEcs)) in Edits)
        {
            var (changedObjects, changedResources) = (objects.Select(item => item.DeepClone().AsObject()).ToArray(), Resources(instance));
            onKubernetes(new(changedObjects, routed.Name));
            onEcs(new(changedResources, routed.Name));
            gate.Record($"{field} on Kubernetes", Noticed(field, OnNetwork(instance, ServiceShape.OfKubernetes(changedObjects)), ecs));
            gate.Record($"{field} on ECS", Noticed(field, kubernetes, ServiceShape.OfEcs(changedResources)));
        }

        gate.Close();

        string? Noticed(string field, IReadOnlyList<ServiceShape> one, IReadOnlyList<ServiceShape> other)
        {
            var differences = one.Single(shape => shape.Name == routed.Name).Differences(other.Single(shape => shape.Name == routed.Name));

            return differences.Contains(field) ? null : $"is not noticed; different is {string.Join(", ", differences.DefaultIfEmpty("nothing"))}";
        }
    }

    private static string? Problem(ServiceShape kubernetes, IReadOnlyList<ServiceShape> ecs) =>
        ecs.SingleOrDefault(shape => shape.Name == kubernetes.Name) is not { } same ? "is on Kubernetes alone"
        : kubernetes.Differences(same) is not { Count: > 0 } differences ? null
        : string.Join("; ", differences.Select(field => $"{field} is {Of(kubernetes, field)} on Kubernetes and {Of(same, field)} on ECS"));

    private static string Of(ServiceShape shape, string field) => shape.Fields.GetValueOrDefault(field, "not there");

    private IEnumerable<StackInstance> OnEcs() => planned.Workloads.Where(instance => (string?)Release(instance)["release"]!["runtime"] is "ecs");

    private IReadOnlyList<ServiceShape> OnNetwork(StackInstance instance, IReadOnlyList<ServiceShape> shapes) =>
        Resources(instance).Any(resource => resource.Type is "aws_ecs_task_definition" && (string?)resource.Values["network_mode"] is "bridge")
            ? [.. shapes.Select(shape => shape.OnOnePort())]
            : shapes;

    private IReadOnlyList<PlannedResource> Resources(StackInstance instance) => PlannedResource.Of(planned.Plans[instance.Name]);

    private JsonObject Release(StackInstance instance) =>
        Yaml.LoadFile(planned.Tree.PathTo("terraform", "envs", instance.Environment, "releases", $"{instance.Workload}.yaml"));

    // The chart renders releases whose runtime is a cluster of Kubernetes; nothing in it depends on which.
    private async Task<IReadOnlyList<JsonObject>> RenderAsync(StackInstance instance)
    {
        var values = new JsonObject();

        foreach (var document in new[]
        {
            Yaml.LoadFile(planned.Tree.PathTo("services", instance.Workload!, "workload.yaml")),
            Yaml.LoadFile(planned.Tree.PathTo("terraform", "envs", instance.Environment, "env.yaml")),
            Release(instance),
        })
        {
            document.ToList().ForEach(member => values[member.Key] = member.Value!.DeepClone());
        }

        values["release"]!["runtime"] = "eks";

        return Workbench.Objects(await workbench.RenderAsync(values, instance.Workload!));
    }

    // Helm's objects of one service.
    private sealed record ObjectsOf(IReadOnlyList<JsonObject> All, string Name)
    {
        public JsonNode Pod => Of("Deployment")["spec"]!["template"]!["spec"]!;

        public JsonNode Container => Pod["containers"]![0]!;

        public JsonObject Of(string kind) => All.Single(item => (string?)item["kind"] == kind && (string?)item["metadata"]!["name"] == Name);
    }

    // The plan's resources of one service.
    private sealed record ResourcesOf(IReadOnlyList<PlannedResource> All, string Name)
    {
        private PlannedResource Task => All.Single(resource => resource.Type is "aws_ecs_task_definition"
            && (string)JsonNode.Parse((string)resource.Values["container_definitions"]!)![0]!["name"]! == Name);

        public JsonObject Of(string type) => All.Single(resource => resource.Type == type && resource.Module == Task.Module).Values;

        public void Container(Action<JsonNode> edit)
        {
            var task = Task;
            var definitions = JsonNode.Parse((string)task.Values["container_definitions"]!)!;
            edit(definitions[0]!);
            task.Values["container_definitions"] = definitions.ToJsonString();
        }
    }
}
