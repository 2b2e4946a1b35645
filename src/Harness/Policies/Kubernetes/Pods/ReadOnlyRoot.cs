using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed class ReadOnlyRoot() : PodPolicy(
    "K8-2",
    "What can write to its own image can be made another program.",
    ["CKV_K8S_22", "KSV-0014"])
{
    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) => Verdict.WorstOf(
        from container in Containers(pods.Spec)
        where container.SecurityContext?.ReadOnlyRootFilesystem is not true
        select Verdict.Fail($"container {container.Name} may write to its root: set readOnlyRootFilesystem, and mount an emptyDir where it has to write"));
}
