using System.Globalization;
using System.Text.Json.Nodes;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>What a service is, however it runs: read from what Helm rendered for Kubernetes, or from what Terraform plans for ECS.</summary>
/// <param name="Name">What callers call it.</param>
/// <param name="Fields">Each field that both must agree on, as text, by name.</param>
internal sealed record ServiceShape(string Name, IReadOnlyDictionary<string, string> Fields)
{
    // Where telemetry goes is a matter of the cluster: pods send to a Service, tasks to the collector on their instance, if there is one.
    private static readonly string[] OfTheCluster =
        ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    /// <summary>The services among what Helm rendered.</summary>
    public static IReadOnlyList<ServiceShape> OfKubernetes(IReadOnlyList<JsonObject> objects) =>
    [
        .. objects.Where(item => Kind(item) is "Deployment")
            .Select(deployment => OfKubernetes(deployment, objects))
            .OrderBy(shape => shape.Name, StringComparer.Ordinal),
    ];

    /// <summary>The services in a plan of the stack <c>workload</c>.</summary>
    public static IReadOnlyList<ServiceShape> OfEcs(IReadOnlyList<PlannedResource> resources) =>
    [
        .. resources.Where(resource => resource.Type is "aws_ecs_task_definition")
            .Select(task => OfEcs(task, [.. resources.Where(resource => resource.Module == task.Module)]))
            .OrderBy(shape => shape.Name, StringComparer.Ordinal),
    ];

    /// <summary>Names of the fields in which both differ. A field that one of them does not have at all counts, but for readiness, see below.</summary>
    public IReadOnlyList<string> Differences(ServiceShape other) =>
    [
        .. Fields.Keys.Union(other.Fields.Keys)
            .Where(field => Fields.GetValueOrDefault(field) != other.Fields.GetValueOrDefault(field))
            // ECS asks nothing of a task that no load balancer sends requests to: its image has no program that could ask.
            .Where(field => field is not "readiness" || (Fields.ContainsKey(field) && other.Fields.ContainsKey(field)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The same where a task is behind a port of its instance: it has one port alone, and that serves health, too. The environment's choice of networking
    /// gives up the port of its own.
    /// </summary>
    public ServiceShape OnOnePort() => new(Name, Fields
        .Where(field => field.Key is not "environment MANAGEMENT_PORT")
        .ToDictionary(
            field => field.Key,
            field => field.Key is "readiness" ? $"{field.Value.Split(" at ")[0]} at {Fields["port"]}" : field.Value));

    private static ServiceShape OfKubernetes(JsonObject deployment, IReadOnlyList<JsonObject> objects)
    {
        var name = (string)deployment["metadata"]!["name"]!;
        var pod = deployment["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        var ports = container["ports"]!.AsArray().ToDictionary(port => (string)port!["name"]!, port => (int)port!["containerPort"]!);
        var probe = container["readinessProbe"]!["httpGet"]!;
        var scaler = objects.SingleOrDefault(item => Kind(item) is "HorizontalPodAutoscaler" && Named(item, name))?["spec"];
        var ingress = objects.SingleOrDefault(item => Kind(item) is "Ingress" && Named(item, name))?["spec"]!["rules"]![0];
        var replicas = (int?)deployment["spec"]!["replicas"];
        var settings = objects.Single(item => Kind(item) is "ConfigMap" && Named(item, name))["data"]!.AsObject();

        var fields = new Dictionary<string, string>
        {
            ["image"] = (string)container["image"]!,
            ["user"] = $"{pod["securityContext"]!["runAsUser"]}",
            ["read-only root"] = $"{container["securityContext"]!["readOnlyRootFilesystem"]}",
            ["gains privileges"] = $"{container["securityContext"]!["allowPrivilegeEscalation"]}",
            ["port"] = Text(ports["http"]),
            ["cpu"] = Text(Cpu((string)container["resources"]!["requests"]!["cpu"]!)),
            ["memory"] = Text(Memory((string)container["resources"]!["limits"]!["memory"]!)),
            ["least replicas"] = Text((int?)scaler?["minReplicas"] ?? replicas!.Value),
            ["most replicas"] = Text((int?)scaler?["maxReplicas"] ?? replicas!.Value),
            ["cpu target"] = scaler is null ? "" : $"{scaler["metrics"]![0]!["resource"]!["target"]!["averageUtilization"]}",
            ["readiness"] = $"{probe["path"]} at {ports[(string)probe["port"]!]}",
            ["seconds to stop"] = Text((int)pod["terminationGracePeriodSeconds"]! - (int)container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!),
            ["routes"] = ingress is null
                ? ""
                : Routes([(string)ingress["host"]!], ingress["http"]!["paths"]!.AsArray().Select(path => (string)path!["path"]!)),
        };

        return new(name, With(fields, settings.Select(setting => (setting.Key, (string)setting.Value!))));
    }

    private static ServiceShape OfEcs(PlannedResource task, IReadOnlyList<PlannedResource> module)
    {
        var container = JsonNode.Parse((string)task.Values["container_definitions"]!)![0]!;
        var target = module.SingleOrDefault(resource => resource.Type is "aws_appautoscaling_target")?.Values;
        var policy = module.SingleOrDefault(resource => resource.Type is "aws_appautoscaling_policy")?.Values;
        var group = module.SingleOrDefault(resource => resource.Type is "aws_lb_target_group")?.Values;
        JsonObject[] rules = [.. module.Where(resource => resource.Type is "aws_lb_listener_rule").Select(rule => rule.Values)];
        var desired = (int?)module.Single(resource => resource.Type is "aws_ecs_service").Values["desired_count"];
        var port = (int)container["portMappings"]![0]!["containerPort"]!;

        var fields = new Dictionary<string, string>
        {
            ["image"] = (string)container["image"]!,
            ["user"] = (string)container["user"]!,
            ["read-only root"] = $"{container["readonlyRootFilesystem"]}",
            ["gains privileges"] = Privileges(container["dockerSecurityOptions"] as JsonArray),
            ["port"] = Text(port),
            ["cpu"] = $"{container["cpu"]}",
            ["memory"] = $"{container["memory"]}",
            ["least replicas"] = $"{target?["min_capacity"] ?? desired}",
            ["most replicas"] = $"{target?["max_capacity"] ?? desired}",
            ["cpu target"] = $"{policy?["target_tracking_scaling_policy_configuration"]![0]!["target_value"]}",
            ["seconds to stop"] = $"{container["stopTimeout"]}",
            ["routes"] = rules is [] ? "" : Routes([.. rules.SelectMany(rule => rule["condition"]!.AsArray()).OfType<JsonNode>()]),
        };

        if (group?["health_check"]?[0] is { } check)
        {
            fields["readiness"] = $"{check["path"]} at {((string)check["port"]! is "traffic-port" ? Text(port) : check["port"])}";
        }

        return new(
            (string)container["name"]!,
            With(fields, container["environment"]!.AsArray().Select(setting => ((string)setting!["name"]!, (string)setting["value"]!))));
    }

    private static Dictionary<string, string> With(Dictionary<string, string> fields, IEnumerable<(string Name, string Value)> environment)
    {
        foreach (var (name, value) in environment.Where(setting => !OfTheCluster.Contains(setting.Name)))
        {
            fields[$"environment {name}"] = value;
        }

        return fields;
    }

    // A prefix is two patterns: itself, and all below it.
    private static string Routes(IReadOnlyList<JsonNode> conditions)
    {
        string[] Values(string block) =>
        [
            .. conditions.SelectMany(condition => condition[block]!.AsArray())
                .SelectMany(one => one!["values"]!.AsArray())
                .Select(value => (string)value!)
                .Distinct(),
        ];

        var paths = Values("path_pattern");

        return Routes(
            Values("host_header"),
            paths.Where(path => !path.EndsWith("/*", StringComparison.Ordinal)).Concat(paths.Contains("/*") ? ["/"] : Array.Empty<string>()));
    }

    private static string Routes(IEnumerable<string> hosts, IEnumerable<string> paths) =>
        $"{string.Join(' ', hosts)}: {string.Join(' ', paths.Order(StringComparer.Ordinal))}";

    private static string Privileges(JsonArray? options) => options?.Any(option => (string?)option is "no-new-privileges") is true ? "false" : "true";

    // ECS counts 1024 to a processor.
    private static int Cpu(string quantity) => quantity.EndsWith('m')
        ? (int)Math.Ceiling(int.Parse(quantity[..^1], CultureInfo.InvariantCulture) * 1.024)
        : int.Parse(quantity, CultureInfo.InvariantCulture) * 1024;

    private static int Memory(string quantity) =>
        int.Parse(quantity[..^2], CultureInfo.InvariantCulture) * (quantity.EndsWith("Gi", StringComparison.Ordinal) ? 1024 : 1);

    private static string? Kind(JsonObject item) => (string?)item["kind"];

    private static bool Named(JsonObject item, string name) => (string?)item["metadata"]!["name"] == name;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
