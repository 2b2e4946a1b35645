using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs.Types;

internal sealed class EcsService : IPlannedType
{
    private const string File = $"Types/{nameof(EcsService)}";

    private const string NothingIsPlaced = "all tasks run on this machine";
    private const string OneByOne = "`up` replaces tasks one by one";

    private static readonly Fields Known = new(File, "task_definition", "desired_count", "load_balancer", "service_connect_configuration")
    {
        Identity = ["arn", "cluster", "enable_ecs_managed_tags", "id", "name", "propagate_tags", "region", "tags", "tags_all", "triggers"],
        Only = new Dictionary<string, string> { ["scheduling_strategy"] = "REPLICA" },
        WithoutEffect = new Dictionary<string, string>
        {
            ["availability_zone_rebalancing"] = NothingIsPlaced,
            ["capacity_provider_strategy"] = NothingIsPlaced,
            ["launch_type"] = NothingIsPlaced,
            ["ordered_placement_strategy"] = NothingIsPlaced,
            ["platform_version"] = NothingIsPlaced,
            ["deployment_circuit_breaker"] = OneByOne,
            ["deployment_configuration"] = OneByOne,
            ["deployment_controller"] = OneByOne,
            ["deployment_maximum_percent"] = OneByOne,
            ["deployment_minimum_healthy_percent"] = OneByOne,
            ["wait_for_steady_state"] = "`up` waits until all are ready",
            ["health_check_grace_period_seconds"] = "a task that is not ready is not replaced",
            ["iam_role"] = "no load balancer of AWS's sends requests",
            ["network_configuration"] = "security groups are not enforced: the offline tests prove who may reach whom",
        },
    };

    private static readonly Fields Balancer = new(File, "target_group_arn", "container_name", "container_port");

    private static readonly Fields Connect = new(File, "service")
    {
        Only = new Dictionary<string, string> { ["enabled"] = "true" },
        WithoutEffect = new Dictionary<string, string>
        {
            ["namespace"] = "every name is in the DNS of the instance's network",
            ["log_configuration"] = "no proxy stands between caller and service",
        },
    };

    private static readonly Fields Connected = new(File, "port_name", "client_alias")
    {
        Identity = ["discovery_name"],
        WithoutEffect = new Dictionary<string, string> { ["timeout"] = "no proxy stands between caller and service" },
    };

    private static readonly Fields Alias = new(File, "dns_name", "port");

    public string Type => "aws_ecs_service";

    public string Effect => "played as a Deployment, and as a Service for each name in Service Connect";

    public IEnumerable<string> Check(PlannedResource service) =>
    [
        .. Known.Check(service.Values, service.Address),
        .. service.Blocks("load_balancer").SelectMany(balancer => Balancer.Check(balancer, $"{service.Address}: load_balancer")),
        .. service.Blocks("service_connect_configuration").SelectMany(connect => Connect.Check(connect, $"{service.Address}: service_connect_configuration")),
        .. Names(service).SelectMany(name => Connected.Check(name, $"{service.Address}: service_connect_configuration.service")),
        .. Names(service).SelectMany(name => name["client_alias"]!.AsArray()).SelectMany(alias => Alias.Check(alias!, $"{service.Address}: client_alias")),
    ];

    public IEnumerable<JsonObject> Objects(PlannedResource service, PlannedResources all)
    {
        var name = all.NameOf(service);
        var task = all.ByArn("aws_ecs_task_definition", service["task_definition"], service);
        var containers = EcsTaskDefinition.Containers(task);

        foreach (var connected in Names(service))
        {
            var port = containers[0].PortOf((string)connected["port_name"]!);

            foreach (var alias in connected["client_alias"]!.AsArray())
            {
                yield return Service(all.Workload, (string)alias!["dns_name"]!, name, (string)connected["port_name"]!, (int)alias["port"]!, port);
            }
        }

        yield return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = Metadata(all.Workload, name),
            ["spec"] = new JsonObject
            {
                ["replicas"] = (int?)service["desired_count"] ?? 1,
                ["selector"] = new JsonObject { ["matchLabels"] = Labels(name) },
                ["template"] = Template(service, task, containers, all),
            },
        };
    }

    /// <summary>The name at which Service Connect serves a port of a service's container, and its port there.</summary>
    /// <exception cref="PlatformException">It serves it nowhere.</exception>
    public static (string Name, int Port) ServedAt(PlannedResource service, int containerPort, PlannedResources all)
    {
        var container = EcsTaskDefinition.Containers(all.ByArn("aws_ecs_task_definition", service["task_definition"], service))[0];

        return Names(service).Where(name => container.PortOf((string)name["port_name"]!) == containerPort)
            .SelectMany(name => name["client_alias"]!.AsArray())
            .Select(alias => ((string, int)?)((string)alias!["dns_name"]!, (int)alias["port"]!))
            .FirstOrDefault() ?? throw new PlatformException(
                $"{service.Address} has no name in Service Connect for port {containerPort}.", "Give it one: the edge here finds tasks by it.");
    }

    private static IReadOnlyList<JsonNode> Names(PlannedResource service) =>
        [.. (service.Block("service_connect_configuration")?["service"] as JsonArray ?? []).OfType<JsonNode>()];

    private static JsonObject Template(
        PlannedResource service, PlannedResource task, IReadOnlyList<ContainerDefinition> containers, PlannedResources all)
    {
        var played = containers.Select(container => container.ToContainer(all.Given)).ToArray();
        Probe(service, containers, played, all);

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = Labels(containers[0].Name) },
            ["spec"] = new JsonObject
            {
                ["terminationGracePeriodSeconds"] = containers.Max(container => container.StopSeconds),
                ["containers"] = new JsonArray([.. played]),
                ["volumes"] = new JsonArray([
                    .. task.Blocks("volume").Select(volume => new JsonObject { ["name"] = (string)volume["name"]!, ["emptyDir"] = new JsonObject() }),
                    .. containers.SelectMany(container => container.Volumes()),
                ]),
            },
        };
    }

    // What the load balancer asks. Of a task that has none, ECS asks nothing: here `up` waits until it takes connections.
    private static void Probe(
        PlannedResource service, IReadOnlyList<ContainerDefinition> containers, IReadOnlyList<JsonObject> played, PlannedResources all)
    {
        var balancers = service.Blocks("load_balancer");

        foreach (var balancer in balancers)
        {
            var group = all.ByArn("aws_lb_target_group", balancer["target_group_arn"], service);
            var container = played.Single(one => (string?)one["name"] == (string?)balancer["container_name"]);
            container["readinessProbe"] = LbTargetGroup.Probe(group, (int)balancer["container_port"]!);
        }

        if (balancers is [] && containers[0].FirstPort is { } port)
        {
            played[0]["readinessProbe"] = new JsonObject { ["tcpSocket"] = new JsonObject { ["port"] = port } };
        }
    }

    private static JsonObject Service(string workload, string name, string selected, string portName, int port, int target) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = Metadata(workload, name),
        ["spec"] = new JsonObject
        {
            ["selector"] = Labels(selected),
            ["ports"] = new JsonArray(new JsonObject { ["name"] = portName, ["port"] = port, ["targetPort"] = target }),
        },
    };

    private static JsonObject Metadata(string workload, string name) => new() { ["name"] = name, ["namespace"] = workload, ["labels"] = Labels(name) };

    private static JsonObject Labels(string name) => new() { ["app.kubernetes.io/name"] = name };
}
