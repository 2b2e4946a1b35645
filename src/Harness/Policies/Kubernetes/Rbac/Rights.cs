using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Rbac;

internal sealed class Rights() : ObjectPolicy(
    "K8-7",
    "Some rights are all rights: who may read every secret, run a command in every pod or hand out rights takes what is missing.",
    ["CKV_K8S_49", "CKV_K8S_157", "CKV_K8S_158", "CKV2_K8S_2", "CKV2_K8S_3", "CKV2_K8S_5", "KSV-0041"])
{
    // The roles that every cluster has: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles.
    private static readonly string[] TooMuch = ["admin", "cluster-admin", "edit"];

    private static readonly string[] Everyone =
        ["system:anonymous", "system:authenticated", "system:masters", "system:serviceaccounts", "system:unauthenticated"];

    // What runs in a pod, or on a node, with the rights that are there.
    private static readonly string[] Inside =
        ["nodes/proxy", "pods/attach", "pods/ephemeralcontainers", "pods/exec", "pods/portforward", "serviceaccounts/token"];

    public override bool Judges(ManifestObject item) => item.ApiVersion?.StartsWith("rbac.authorization.k8s.io/", StringComparison.Ordinal) is true;

    public override Verdict Judge(ManifestObject item, Rendering rendering) => item.Model switch
    {
        V1ClusterRole { AggregationRule: not null } => Verdict.Unclear("its rules come from other roles, by their labels"),
        V1ClusterRole role => Verdict.WorstOf((role.Rules ?? []).Select(Rule)),
        V1Role role => Verdict.WorstOf((role.Rules ?? []).Select(Rule)),
        V1ClusterRoleBinding binding => Binding(binding.RoleRef, binding.Subjects, rendering, null),
        V1RoleBinding binding => Binding(binding.RoleRef, binding.Subjects, rendering, item.Namespace),
        _ => Verdict.Unclear(item.Unread),
    };

    private static Verdict Rule(V1PolicyRule rule) => Verdict.WorstOf(
    [
        .. Texts(rule).Where(text => text.Contains('*')).Select(text => Verdict.Fail($"it has the wildcard {text}: name what it needs")),
        .. Texts(rule).Where(ManifestObject.IsPlaceholder).Select(text => Wrong(text, "")),
        .. new[] { "bind", "escalate", "impersonate" }.Where(verb => Has(rule.Verbs, verb)).Select(verb => Verdict.Fail($"it may {verb}: it has every right")),
        .. Inside.Where(resource => Has(rule.Resources, resource)).Select(resource => Verdict.Fail($"it has rights to {resource}: it acts as those inside")),
        Has(rule.Resources, "secrets") && Reads(rule) && rule.ResourceNames is not { Count: > 0 }
            ? Verdict.Fail("it may read every secret: name them in resourceNames")
            : Verdict.Pass,
    ]);

    private static IEnumerable<string> Texts(V1PolicyRule rule) =>
        [.. rule.ApiGroups ?? [], .. rule.Resources ?? [], .. rule.Verbs ?? [], .. rule.NonResourceURLs ?? []];

    private static bool Has(IList<string>? texts, string text) => texts?.Contains(text) is true;

    private static bool Reads(V1PolicyRule rule) => new[] { "get", "list", "watch" }.Any(verb => Has(rule.Verbs, verb));

    private static Verdict Binding(V1RoleRef role, IList<Rbacv1Subject>? subjects, Rendering rendering, string? @namespace) => Verdict.WorstOf(
    [
        .. (subjects ?? []).Where(subject => Everyone.Any(name => subject.Name == name || subject.Name.StartsWith($"{name}:", StringComparison.Ordinal)))
            .Select(subject => Verdict.Fail($"it is for everyone in {subject.Name}")),
        .. (subjects ?? []).Where(subject => ManifestObject.IsPlaceholder(subject.Name))
            .Select(subject => Verdict.Unclear($"whom it is for, {subject.Name}, is still to be filled in")),
        Role(role, rendering, @namespace),
    ]);

    // A role that is rendered with its binding is judged by itself.
    private static Verdict Role(V1RoleRef role, Rendering rendering, string? @namespace) =>
        role.Kind is "ClusterRole" && TooMuch.Contains(role.Name) ? Verdict.Fail($"it gives the role {role.Name}, which reads secrets and more")
        : role is { Kind: "ClusterRole", Name: "view" } ? Verdict.Pass
        : rendering.Objects.Any(item => item.Kind == role.Kind && item.Name == role.Name && (role.Kind is "ClusterRole" || item.Namespace == @namespace))
            ? Verdict.Pass
        : Verdict.Unclear($"what the {role.Kind} {role.Name} may do is not known: it is not rendered with its binding");
}
