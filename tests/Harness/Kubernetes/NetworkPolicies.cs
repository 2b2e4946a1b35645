using System.Net;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Kubernetes;

/// <summary>One end of a connection: a pod (with namespace and labels), or an address outside the cluster.</summary>
public sealed record Party(string Name)
{
    public string? Namespace { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Numbers of a pod's named ports.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    /// <summary>Set for what is outside the cluster, and for nothing else.</summary>
    public IPAddress? Address { get; init; }

    public override string ToString() => Name;
}

/// <summary>
/// Evaluates NetworkPolicy objects as the Kubernetes API defines them: a pod that no policy selects for a direction is open in it; one that
/// is selected gets what the union of its policies' rules allows; a connection needs the sender's egress and the receiver's ingress.
/// Namespaces carry the one label every cluster gives them, <c>kubernetes.io/metadata.name</c>.
/// </summary>
public sealed class NetworkPolicies(IEnumerable<JsonObject> objects)
{
    private readonly JsonObject[] policies = [.. objects.Where(item => (string?)item["kind"] == "NetworkPolicy")];

    /// <summary>Whether a connection comes about: its sender lets it out and its receiver lets it in.</summary>
    public bool Allows(Party from, Party to, string protocol, int port) => LetsOut(from, to, protocol, port) && LetsIn(from, to, protocol, port);

    public bool LetsOut(Party from, Party to, string protocol, int port) => Allows("Egress", from, to, to, protocol, port);

    public bool LetsIn(Party from, Party to, string protocol, int port) => Allows("Ingress", to, from, to, protocol, port);

    private bool Allows(string direction, Party self, Party peer, Party receiver, string protocol, int port)
    {
        if (self.Address is not null)
        {
            return true; // no policy holds outside the cluster
        }

        var selecting = policies.Where(policy => Directions(policy).Contains(direction) && Selects(policy, self)).ToArray();

        return selecting is [] || selecting.Any(policy => Rules(policy, direction).Any(rule =>
            MatchesPeer(rule[direction == "Ingress" ? "from" : "to"], policy, peer) && MatchesPort(rule["ports"], receiver, protocol, port)));
    }

    private static string NamespaceOf(JsonObject policy) => (string)policy["metadata"]!["namespace"]!;

    private static bool Selects(JsonObject policy, Party pod) =>
        pod.Namespace == NamespaceOf(policy) && MatchesLabels(policy["spec"]!["podSelector"], pod.Labels);

    private static IEnumerable<string> Directions(JsonObject policy) => policy["spec"]!["policyTypes"] switch
    {
        JsonArray types => types.Select(type => (string)type!),
        _ => policy["spec"]!["egress"] is null ? ["Ingress"] : ["Ingress", "Egress"],
    };

    private static IEnumerable<JsonNode> Rules(JsonObject policy, string direction) =>
        (policy["spec"]![direction == "Ingress" ? "ingress" : "egress"] as JsonArray ?? []).OfType<JsonNode>();

    private static bool MatchesPeer(JsonNode? peers, JsonObject policy, Party party) =>
        peers is not JsonArray { Count: > 0 } list || list.Any(peer => MatchesPeer(peer!.AsObject(), policy, party));

    private static bool MatchesPeer(JsonObject peer, JsonObject policy, Party party)
    {
        if (peer["ipBlock"] is { } block)
        {
            return party.Address is { } address
                && IPNetwork.Parse((string)block["cidr"]!).Contains(address)
                && !(block["except"] as JsonArray ?? []).Any(range => IPNetwork.Parse((string)range!).Contains(address));
        }

        if (party.Namespace is null)
        {
            return false;
        }

        var inNamespace = peer.TryGetPropertyValue("namespaceSelector", out var namespaces)
            ? MatchesLabels(namespaces, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = party.Namespace })
            : party.Namespace == NamespaceOf(policy);

        return inNamespace && MatchesLabels(peer["podSelector"], party.Labels);
    }

    private static bool MatchesPort(JsonNode? ports, Party receiver, string protocol, int port) =>
        ports is not JsonArray { Count: > 0 } list || list.Any(item =>
            ((string?)item!["protocol"] ?? "TCP") == protocol && item["port"] switch
            {
                null => true,
                var first when int.TryParse(first.ToString(), out var number) => port >= number && port <= int.Parse((item["endPort"] ?? first).ToString()),
                var name => receiver.Ports.TryGetValue(name.ToString(), out var named) && named == port,
            });

    private static bool MatchesLabels(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        (selector?["matchLabels"] as JsonObject ?? []).All(pair => labels.GetValueOrDefault(pair.Key) == (string?)pair.Value)
        && (selector?["matchExpressions"] as JsonArray ?? []).All(expression => Holds(expression!, labels));

    private static bool Holds(JsonNode expression, IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault((string)expression["key"]!);
        var values = (expression["values"] as JsonArray ?? []).Select(item => (string?)item);

        return (string)expression["operator"]! switch
        {
            "In" => value is not null && values.Contains(value),
            "NotIn" => !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            var other => throw new InvalidDataException($"matchExpressions: {other} is no operator; use In, NotIn, Exists or DoesNotExist."),
        };
    }
}
