using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>Why a roll-out does not come: the state of its pods, the last events, and the last lines of its logs.</summary>
internal sealed class FailedRollout(IKubernetes cluster, IReadOnlyList<ClusterEvent> events)
{
    private const int Pods = 3;
    private const int Events = 8;
    private const int LogLines = 15;

    /// <param name="item">As it was seen last; null where it does not exist.</param>
    public async Task<PlatformException> ExplainAsync(
        WantedRollout which, IKubernetesObject<V1ObjectMeta>? item, string reason, CancellationToken stop)
    {
        var lines = new List<string>();
        var remedy = "Correct the cause that the lines above name, and run it again: what is complete stays as it is. " +
            $"`kubectl --namespace {which.Namespace} describe {which.Kind.ToLowerInvariant()} {which.Name}` shows more.";

        try
        {
            var pods = item is null ? [] : await PodsAsync(item, stop);
            lines.AddRange(pods.Take(Pods).SelectMany(StateOf));
            lines.AddRange(events.Where(one => one.About.Split(' ')[^1].StartsWith($"{which.Namespace}/{which.Name}", StringComparison.Ordinal))
                .TakeLast(Events).Select(one => $"{one}"));

            if (pods is [var worst, ..])
            {
                lines.AddRange(await PodLogs.LastAsync(cluster, worst, LogLines, stop));
                remedy = pods.Any(IsWithoutImage)
                    ? "A node cannot get the image. Load or push it again with `./causeway up --cluster`; a registry must be one that the nodes reach."
                    : remedy;
            }
        }
        catch (Exception error) when (error is HttpOperationException or HttpRequestException)
        {
            lines.Add($"no more can be said: {error.Message}");
        }

        return new PlatformException($"{which} did not roll out: {reason}.", remedy, string.Join('\n', lines));
    }

    // Those that are not ready first, and of them the newest.
    private async Task<IReadOnlyList<V1Pod>> PodsAsync(IKubernetesObject<V1ObjectMeta> item, CancellationToken stop)
    {
        var selector = item switch
        {
            V1Deployment deployment => deployment.Spec.Selector,
            V1StatefulSet stateful => stateful.Spec.Selector,
            V1DaemonSet daemons => daemons.Spec.Selector,
            V1Job job => job.Spec.Selector,
            _ => null,
        };
        var labels = string.Join(',', (selector?.MatchLabels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"));

        return labels is ""
            ? []
            : [.. (await cluster.CoreV1.ListNamespacedPodAsync(item.Metadata.NamespaceProperty, labelSelector: labels, cancellationToken: stop)).Items
                .OrderBy(IsReady).ThenByDescending(pod => pod.Metadata.CreationTimestamp)];
    }

    private static IEnumerable<string> StateOf(V1Pod pod)
    {
        yield return $"Pod {pod.Metadata.NamespaceProperty}/{pod.Metadata.Name}: {pod.Status?.Phase}{(IsReady(pod) ? ", ready" : ", not ready")}" +
            (pod.Spec?.NodeName is { } node ? $" on {node}" : "");

        foreach (var condition in (pod.Status?.Conditions ?? []).Where(one => one is { Type: "PodScheduled", Status: "False" }))
        {
            yield return $"  {condition.Reason}: {condition.Message}";
        }

        foreach (var container in PodLogs.ContainersOf(pod))
        {
            var state = container.State switch
            {
                { Waiting: { } waiting } => $"waiting, {waiting.Reason}{(waiting.Message is null ? "" : $": {waiting.Message}")}",
                { Terminated: { } ended } => $"ended with exit code {ended.ExitCode}, {ended.Reason}",
                { Running: not null } => container.Ready ? "running, ready" : "running, not ready",
                _ => "not started",
            };
            var last = container.LastState?.Terminated is { } before ? $"; before, it ended with exit code {before.ExitCode}, {before.Reason}" : "";

            yield return $"  container {container.Name}: {state}; restarted {container.RestartCount} times{last}";
        }
    }

    private static bool IsReady(V1Pod pod) => (pod.Status?.Conditions ?? []).Any(one => one is { Type: "Ready", Status: "True" });

    private static bool IsWithoutImage(V1Pod pod) =>
        PodLogs.ContainersOf(pod).Any(one => one.State?.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "InvalidImageName");
}
