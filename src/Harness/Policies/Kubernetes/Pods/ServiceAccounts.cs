using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed class ServiceAccounts() : PodPolicy(
    "K8-6",
    "A token that lies in a pod is taken with it; an account that others share has the rights of all of them.",
    ["CKV_K8S_38", "CKV_K8S_41", "KSV-0036"])
{
    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering)
    {
        var name = pods.Spec.ServiceAccountName ?? pods.Spec.ServiceAccount;

        if (name is null or "" or "default")
        {
            return Verdict.Fail("it runs as the account default of its namespace: give it a ServiceAccount of its own");
        }

        if (ManifestObject.IsPlaceholder(name))
        {
            return Verdict.Unclear($"its account, {name}, is still to be filled in");
        }

        var account = rendering.Objects.FirstOrDefault(other =>
            other is { Model: V1ServiceAccount } && other.Name == name && other.Namespace == item.Namespace)?.Model as V1ServiceAccount;

        return (pods.Spec.AutomountServiceAccountToken ?? account?.AutomountServiceAccountToken) switch
        {
            null when account is null => Verdict.Unclear($"its account, {name}, is not rendered with it, so whether a token is mounted is not known"),
            false when account is null => Verdict.Unclear($"its account, {name}, is not rendered with it, so it may be that of others"),
            false => Verdict.Pass,
            _ => Verdict.Fail("the account's token is mounted: set automountServiceAccountToken to false"),
        };
    }
}
