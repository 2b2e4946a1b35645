using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs.Types;

internal sealed class LbListenerRule : IPlannedType
{
    private const string File = $"Types/{nameof(LbListenerRule)}";

    private const string AllBelow = "/*";

    private static readonly Fields Known = new(File, "action", "condition")
    {
        Identity = ["arn", "id", "listener_arn", "region", "tags", "tags_all"],
        WithoutEffect = new Dictionary<string, string> { ["priority"] = "the edge takes the longest path first" },
    };

    private static readonly Fields Action = new(File, "target_group_arn")
    {
        Identity = ["order"],
        Only = new Dictionary<string, string> { ["type"] = "forward" },
    };

    private static readonly Fields Condition = new(File, "host_header", "path_pattern");

    private static readonly Fields Pattern = new(File, "values");

    public string Type => "aws_lb_listener_rule";

    public string Effect => "played as an Ingress: routes of the edge";

    public IEnumerable<string> Check(PlannedResource rule) =>
    [
        .. Known.Check(rule.Values, rule.Address),
        .. rule.Blocks("action").SelectMany(action => Action.Check(action, $"{rule.Address}: action")),
        .. rule.Blocks("condition").SelectMany(condition => Condition.Check(condition, $"{rule.Address}: condition")),
        .. rule.Blocks("condition")
            .SelectMany(condition => condition.AsObject().SelectMany(kind => (kind.Value as JsonArray ?? []).Select(pattern => (kind.Key, Pattern: pattern!))))
            .SelectMany(kind => Pattern.Check(kind.Pattern, $"{rule.Address}: {kind.Key}")),
    ];

    public IEnumerable<JsonObject> Objects(PlannedResource rule, PlannedResources all)
    {
        var group = all.ByArn("aws_lb_target_group", rule.Block("action")!["target_group_arn"], rule);
        var (service, balancer) = all.Of("aws_ecs_service")
            .SelectMany(service => service.Blocks("load_balancer").Select(balancer => (service, balancer)))
            .SingleOrDefault(pair => (string?)pair.balancer["target_group_arn"] == (string?)group["arn"]);

        if (service is null)
        {
            throw new PlatformException($"{rule.Address} forwards to {group.Address}, which no service is behind.", "Add load_balancer to the service.");
        }

        var served = EcsService.ServedAt(service, (int)balancer["container_port"]!, all);
        var hosts = Values(rule, "host_header");

        if (hosts.FirstOrDefault(host => host.AsSpan().ContainsAny('*', '?')) is { } wild)
        {
            throw new PlatformException($"{rule.Address}: host_header is {wild}.", "Name each host: the edge here knows no wildcards in them.");
        }

        yield return new JsonObject
        {
            ["apiVersion"] = "networking.k8s.io/v1",
            ["kind"] = "Ingress",
            ["metadata"] = new JsonObject { ["name"] = all.NameOf(service), ["namespace"] = all.Workload },
            ["spec"] = new JsonObject
            {
                ["rules"] = new JsonArray([.. (hosts is [] ? [null] : hosts.Cast<string?>()).Select(host => new JsonObject
                {
                    ["host"] = host,
                    ["http"] = new JsonObject
                    {
                        ["paths"] = new JsonArray([.. Prefixes(rule).Select(path => Path(path, served.Name, served.Port))]),
                    },
                })]),
            },
        };
    }

    private static JsonObject Path(string path, string service, int port) => new()
    {
        ["path"] = path,
        ["pathType"] = "Prefix",
        ["backend"] = new JsonObject { ["service"] = new JsonObject { ["name"] = service, ["port"] = new JsonObject { ["number"] = port } } },
    };

    // A prefix is two patterns: itself, and all below it.
    private static IEnumerable<string> Prefixes(PlannedResource rule)
    {
        var patterns = Values(rule, "path_pattern");
        string[] prefixes = [.. patterns.Where(pattern => pattern.EndsWith(AllBelow, StringComparison.Ordinal)).Select(pattern => pattern[..^AllBelow.Length])];
        var other = patterns.Except(prefixes.SelectMany(prefix => new[] { prefix, prefix + AllBelow }))
            .Concat(prefixes.Where(prefix => prefix is not "" && !patterns.Contains(prefix)))
            .Concat(prefixes.Where(prefix => prefix.AsSpan().ContainsAny('*', '?')))
            .FirstOrDefault();

        return other is null
            ? patterns is [] ? ["/"] : prefixes.Select(prefix => prefix is "" ? "/" : prefix)
            : throw new PlatformException(
                $"{rule.Address}: path_pattern has {other} in {string.Join(", ", patterns)}.",
                "The edge here routes by prefix: write a path together with all below it, `/path` and `/path/*`, or `/*` alone.");
    }

    private static string[] Values(PlannedResource rule, string kind) =>
    [
        .. rule.Blocks("condition")
            .SelectMany(condition => condition[kind] as JsonArray ?? [])
            .SelectMany(pattern => pattern!["values"]!.AsArray())
            .Select(value => (string)value!),
    ];
}
