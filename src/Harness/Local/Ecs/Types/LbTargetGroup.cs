using System.Globalization;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs.Types;

internal sealed class LbTargetGroup : IPlannedType
{
    private const string File = $"Types/{nameof(LbTargetGroup)}";

    private const string OwnPort = "traffic-port";
    private const string OfTheEdge = "the edge decides it for all";

    private static readonly Fields Known = new(File, "health_check")
    {
        Identity =
        [
            "arn", "arn_suffix", "id", "load_balancer_arns", "name", "name_prefix", "port", "region", "tags", "tags_all", "target_type", "vpc_id",
            "ip_address_type",
        ],
        Only = new Dictionary<string, string> { ["protocol"] = "HTTP", ["protocol_version"] = "HTTP1" },
        WithoutEffect = new Dictionary<string, string>
        {
            ["deregistration_delay"] = "the edge asks for readiness instead, which a task that leaves fails first",
            ["load_balancing_algorithm_type"] = OfTheEdge,
            ["load_balancing_anomaly_mitigation"] = OfTheEdge,
            ["load_balancing_cross_zone_enabled"] = OfTheEdge,
            ["preserve_client_ip"] = OfTheEdge,
            ["slow_start"] = OfTheEdge,
        },
    };

    private static readonly Fields HealthCheck = new(File, "path", "port")
    {
        Only = new Dictionary<string, string> { ["enabled"] = "true", ["protocol"] = "HTTP", ["matcher"] = "200" },
        WithoutEffect = new Dictionary<string, string>
        {
            ["interval"] = "the edge asks every 0.5 s",
            ["timeout"] = OfTheEdge,
            ["healthy_threshold"] = OfTheEdge,
            ["unhealthy_threshold"] = OfTheEdge,
        },
    };

    public string Type => "aws_lb_target_group";

    public string Effect => "played as the readiness probe of its service";

    public IEnumerable<string> Check(PlannedResource group) =>
    [
        .. Known.Check(group.Values, group.Address),
        .. group.Blocks("health_check").SelectMany(check => HealthCheck.Check(check, $"{group.Address}: health_check")),
    ];

    /// <summary>What the load balancer asks to know whether a task is ready.</summary>
    /// <param name="port">The port that requests go to.</param>
    public static JsonObject Probe(PlannedResource group, int port)
    {
        var check = group.Block("health_check")
            ?? throw new PlatformException($"{group.Address} has no health_check.", "Add one: the edge asks it which tasks may get requests.");
        var asked = (string?)check["port"] is null or OwnPort ? port : int.Parse((string)check["port"]!, CultureInfo.InvariantCulture);

        return new JsonObject { ["httpGet"] = new JsonObject { ["path"] = (string)check["path"]!, ["port"] = asked } };
    }
}
