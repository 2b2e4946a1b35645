using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed class Sizes() : PodPolicy(
    "K8-3",
    "Without requests a pod lands where there is no room for it; without a limit of memory, one that leaks takes its neighbours down.",
    ["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"])
{
    // No limit of CPU: it slows a container down while its node is idle. A container that is put into a running pod has no size.
    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) => Verdict.WorstOf(
        from container in (pods.Spec.InitContainers ?? []).Concat(pods.Spec.Containers)
        from missing in Missing(container.Resources, pods.Spec.Resources)
        select Verdict.Fail($"container {container.Name} has no {missing}"));

    private static IEnumerable<string> Missing(V1ResourceRequirements? own, V1ResourceRequirements? pod) =>
        from size in new[] { ("requests", "cpu"), ("requests", "memory"), ("limits", "memory") }
        where !Has(own, size) && !Has(pod, size)
        select $"{size.Item1}.{size.Item2}";

    private static bool Has(V1ResourceRequirements? resources, (string List, string Name) size) =>
        (size.List is "requests" ? resources?.Requests : resources?.Limits)?.TryGetValue(size.Name, out var quantity) is true && quantity.ToDecimal() > 0;
}
