using Causeway.Harness.Kubernetes;
using k8s;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes;

/// <summary>A rule about pods, wherever they come from. An object whose pods cannot be read is unknown to it.</summary>
/// <inheritdoc cref="Policy" path="/param"/>
public abstract class PodPolicy(string id, string reason, string[] anchors) : ObjectPolicy(id, reason, anchors)
{
    public sealed override bool Judges(ManifestObject item) => item.MakesPods && Concerns(item);

    public sealed override Verdict Judge(ManifestObject item, Rendering rendering) =>
        item.Pods?.Spec?.Containers is { Count: > 0 } ? Judge(item, item.Pods, rendering)
        : Verdict.Unclear(item.Unread is "" ? "its pods have no container" : item.Unread);

    /// <summary>Whether it is about the pods of such an object; here of all.</summary>
    protected virtual bool Concerns(ManifestObject item) => true;

    /// <param name="pods">What the pods are made from. It has a container.</param>
    protected abstract Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering);

    /// <summary>Every container, those that prepare a pod and those that are put into a running one included.</summary>
    protected static IEnumerable<V1Container> Containers(V1PodSpec pod) =>
    [
        .. pod.InitContainers ?? [],
        .. pod.Containers,
        .. (pod.EphemeralContainers ?? []).Select(container => KubernetesJson.Deserialize<V1Container>(KubernetesJson.Serialize(container))),
    ];

    /// <summary>Whether pods serve until they are told to stop, and are not there to come to an end.</summary>
    protected static bool IsServing(ManifestObject item) => item.Model is not (V1Job or V1CronJob);
}
