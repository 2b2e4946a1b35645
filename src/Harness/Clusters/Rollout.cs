using k8s;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>How far a roll-out is.</summary>
public enum RolloutState
{
    Waiting,
    Complete,
    Failed,
}

/// <param name="Reason">What it waits for, what is complete, or why it failed.</param>
public sealed record RolloutVerdict(RolloutState State, string Reason);

/// <summary>
/// Whether what an object asks for runs, as its controller reports it in the object's status: the rules of <c>kubectl rollout status</c>
/// (https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/rollout_status.go), and those of <c>kubectl wait</c> for Jobs.
/// </summary>
public static class Rollout
{
    /// <summary>Kinds of object that roll out.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["Deployment", "StatefulSet", "DaemonSet", "Job"];

    /// <exception cref="ArgumentException">Objects of this kind do not roll out.</exception>
    public static RolloutVerdict Of(IKubernetesObject<V1ObjectMeta> item) => item switch
    {
        V1Deployment deployment => Of(deployment),
        V1StatefulSet stateful => Of(stateful),
        V1DaemonSet daemons => Of(daemons),
        V1Job job => Of(job),
        _ => throw new ArgumentException($"Objects of kind {item.Kind} do not roll out.", nameof(item)),
    };

    private static RolloutVerdict Of(V1Deployment item)
    {
        var (status, wanted) = (item.Status, item.Spec.Replicas ?? 1);
        var (updated, all, available) = (status?.UpdatedReplicas ?? 0, status?.Replicas ?? 0, status?.AvailableReplicas ?? 0);
        var conditions = status?.Conditions ?? [];

        if (NotSeen(item.Metadata, status?.ObservedGeneration) is { } unseen)
        {
            return unseen;
        }

        if (conditions.FirstOrDefault(one => one is { Type: "Progressing", Reason: "ProgressDeadlineExceeded" }) is { } exceeded)
        {
            return Failed($"ProgressDeadlineExceeded: {exceeded.Message}");
        }

        if (item.Spec.Paused is true)
        {
            return Waiting("it is paused: `kubectl rollout resume` lets it go on");
        }

        // What keeps pods from being made at all: a quota, or Pod Security. It may pass.
        var refused = conditions.FirstOrDefault(one => one is { Type: "ReplicaFailure", Status: "True" });

        var why = refused is null ? "" : $"; {refused.Reason}: {refused.Message}";

        return updated < wanted ? Waiting($"{updated} of {wanted} pods are of the new version{why}")
            : all > updated ? Waiting($"{all - updated} pods of the old version are still there")
            : available < updated ? Waiting($"{available} of {updated} pods are available")
            : Complete($"{available} of {wanted} pods are available");
    }

    private static RolloutVerdict Of(V1StatefulSet item)
    {
        var (status, wanted) = (item.Status, item.Spec.Replicas ?? 1);
        var updated = status?.UpdatedReplicas ?? 0;
        var ready = status?.ReadyReplicas ?? 0;
        var keeps = item.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;

        return NotSeen(item.Metadata, status?.ObservedGeneration)
            ?? (ready < wanted ? Waiting($"{ready} of {wanted} pods are ready")
                // Its pods are replaced when they are deleted, and not before.
                : item.Spec.UpdateStrategy?.Type is "OnDelete" ? Complete($"{ready} of {wanted} pods are ready")
                : status!.UpdateRevision != status.CurrentRevision && updated < wanted - keeps
                    ? Waiting($"{updated} of {wanted - keeps} pods are of the new version")
                    : Complete($"{ready} of {wanted} pods are ready"));
    }

    private static RolloutVerdict Of(V1DaemonSet item)
    {
        var wanted = item.Status?.DesiredNumberScheduled ?? 0;
        var updated = item.Status?.UpdatedNumberScheduled ?? 0;
        var available = item.Status?.NumberAvailable ?? 0;

        return NotSeen(item.Metadata, item.Status?.ObservedGeneration)
            ?? (updated < wanted ? Waiting($"{updated} of {wanted} pods are of the new version")
                : available < wanted ? Waiting($"{available} of {wanted} pods are available")
                : Complete($"{available} of {wanted} pods are available"));
    }

    private static RolloutVerdict Of(V1Job item)
    {
        var conditions = (item.Status?.Conditions ?? []).Where(one => one.Status is "True").ToDictionary(one => one.Type);

        return conditions.TryGetValue("Failed", out var failed) ? Failed($"{failed.Reason}: {failed.Message}")
            : conditions.ContainsKey("Complete") ? Complete("it is done")
            : item.Spec.Suspend is true ? Waiting("it is suspended")
            : Waiting($"{item.Status?.Succeeded ?? 0} of {item.Spec.Completions ?? 1} pods have succeeded, {item.Status?.Failed ?? 0} have failed");
    }

    // Until its controller has seen the last change, the status is that of what was there before.
    private static RolloutVerdict? NotSeen(V1ObjectMeta metadata, long? observed) =>
        (metadata.Generation ?? 0) > (observed ?? 0) ? Waiting("its controller has not seen this version yet") : null;

    private static RolloutVerdict Waiting(string reason) => new(RolloutState.Waiting, reason);

    private static RolloutVerdict Complete(string reason) => new(RolloutState.Complete, reason);

    private static RolloutVerdict Failed(string reason) => new(RolloutState.Failed, reason);
}
