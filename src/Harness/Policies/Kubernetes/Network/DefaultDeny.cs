using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Network;

internal sealed class DefaultDeny() : PodPolicy(
    "K8-8",
    "Where a namespace does not deny by default, a pod that is taken over reaches every other one, and each new pod is open to all.",
    ["CKV2_K8S_6"])
{
    private static readonly string[] Directions = ["Ingress", "Egress"];

    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering)
    {
        ManifestObject[] policies = [.. rendering.Objects.Where(other => IsPolicy(other) && other.Namespace == item.Namespace)];
        V1NetworkPolicy[] ofAll = [.. policies.Select(policy => policy.Model).OfType<V1NetworkPolicy>().Where(IsOfAll)];

        return Directions.Where(direction => !ofAll.Any(policy => Denies(policy, direction))).ToArray() is not [] and var open
                && policies.FirstOrDefault(policy => policy.Model is null) is { } unread
            ? Verdict.Unclear($"{unread.Address} may deny {string.Join(" and ", open)} or not: {unread.Unread}")
            : Verdict.WorstOf(Directions.Select(direction => Judge(direction, ofAll, item.Namespace)));
    }

    private static Verdict Judge(string direction, V1NetworkPolicy[] ofAll, string? @namespace) =>
        ofAll.FirstOrDefault(policy => IsOpen(policy, direction)) is { } open
            ? Verdict.Fail($"NetworkPolicy {open.Metadata.Name} opens {direction} of all pods in {@namespace} to everything")
        : ofAll.Any(policy => Denies(policy, direction)) ? Verdict.Pass
        : Verdict.Fail($"no NetworkPolicy of all pods in namespace {@namespace ?? "default"} denies {direction}");

    // Those of network plugins have other kinds, by names that end alike.
    private static bool IsPolicy(ManifestObject item) => item.Kind.EndsWith("NetworkPolicy", StringComparison.Ordinal);

    private static bool IsOfAll(V1NetworkPolicy policy) => FindsAll(policy.Spec.PodSelector);

    private static bool FindsAll(V1LabelSelector? selector) => selector is not { MatchLabels.Count: > 0 } and not { MatchExpressions.Count: > 0 };

    private static bool Denies(V1NetworkPolicy policy, string direction) => NetworkPolicies.Directions(policy).Contains(direction);

    // A rule at all ports, without peers or with everything as one of them.
    private static bool IsOpen(V1NetworkPolicy policy, string direction) => Denies(policy, direction) && (direction is "Ingress"
        ? policy.Spec.Ingress?.Any(rule => IsOpen(rule.FromProperty, rule.Ports))
        : policy.Spec.Egress?.Any(rule => IsOpen(rule.To, rule.Ports))) is true;

    private static bool IsOpen(IList<V1NetworkPolicyPeer>? peers, IList<V1NetworkPolicyPort>? ports) =>
        ports is not { Count: > 0 } && (peers is not { Count: > 0 } || peers.Any(IsEverything));

    private static bool IsEverything(V1NetworkPolicyPeer peer) => peer.IpBlock is { } block
        ? block is { Cidr: "0.0.0.0/0" or "::/0", Except: not { Count: > 0 } }
        : peer.NamespaceSelector is not null && FindsAll(peer.NamespaceSelector) && FindsAll(peer.PodSelector);
}
