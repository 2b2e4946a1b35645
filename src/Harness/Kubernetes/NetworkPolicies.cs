using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

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
    private readonly V1NetworkPolicy[] policies =
    [
        .. objects.Where(item => (string?)item["kind"] == "NetworkPolicy").Select(item => KubernetesJson.Deserialize<V1NetworkPolicy>(item.ToJsonString())),
    ];

    // Asked again for every peer and port that a pod is tried with.
    private readonly ConcurrentDictionary<(string Direction, Party Self), V1NetworkPolicy[]> selecting = [];

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

        var own = selecting.GetOrAdd(
            (direction, self), key => [.. policies.Where(policy => Directions(policy).Contains(key.Direction) && Selects(policy, key.Self))]);

        return own is [] || own.Any(policy => Rules(policy, direction).Any(rule =>
            MatchesPeer(rule.Peers, policy, peer) && MatchesPort(rule.Ports, receiver, protocol, port)));
    }

    private static bool Selects(V1NetworkPolicy policy, Party pod) =>
        pod.Namespace == policy.Namespace() && LabelSelectors.Matches(policy.Spec.PodSelector, pod.Labels);

    /// <summary>The directions that a policy is about: what it selects is closed in them, but for its rules.</summary>
    public static IEnumerable<string> Directions(V1NetworkPolicy policy) =>
        policy.Spec.PolicyTypes ?? (policy.Spec.Egress is null ? ["Ingress"] : ["Ingress", "Egress"]);

    private static IEnumerable<(IList<V1NetworkPolicyPeer>? Peers, IList<V1NetworkPolicyPort>? Ports)> Rules(V1NetworkPolicy policy, string direction) =>
        direction == "Ingress"
            ? (policy.Spec.Ingress ?? []).Select(rule => ((IList<V1NetworkPolicyPeer>?)rule.FromProperty, (IList<V1NetworkPolicyPort>?)rule.Ports))
            : (policy.Spec.Egress ?? []).Select(rule => ((IList<V1NetworkPolicyPeer>?)rule.To, (IList<V1NetworkPolicyPort>?)rule.Ports));

    private static bool MatchesPeer(IList<V1NetworkPolicyPeer>? peers, V1NetworkPolicy policy, Party party) =>
        peers is not { Count: > 0 } || peers.Any(peer => MatchesPeer(peer, policy, party));

    private static bool MatchesPeer(V1NetworkPolicyPeer peer, V1NetworkPolicy policy, Party party)
    {
        if (peer.IpBlock is { } block)
        {
            return party.Address is { } address
                && IPNetwork.Parse(block.Cidr).Contains(address)
                && !(block.Except ?? []).Any(range => IPNetwork.Parse(range).Contains(address));
        }

        if (party.Namespace is null)
        {
            return false;
        }

        var inNamespace = peer.NamespaceSelector is { } namespaces
            ? LabelSelectors.Matches(namespaces, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = party.Namespace })
            : party.Namespace == policy.Namespace();

        return inNamespace && LabelSelectors.Matches(peer.PodSelector, party.Labels);
    }

    private static bool MatchesPort(IList<V1NetworkPolicyPort>? ports, Party receiver, string protocol, int port) =>
        ports is not { Count: > 0 } || ports.Any(item =>
            (item.Protocol ?? "TCP") == protocol && item.Port?.Value switch
            {
                null => true,
                var first when int.TryParse(first, out var number) => port >= number && port <= (item.EndPort ?? number),
                var name => receiver.Ports.TryGetValue(name, out var named) && named == port,
            });
}
