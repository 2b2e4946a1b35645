using k8s;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>What the containers of a pod logged last.</summary>
internal static class PodLogs
{
    /// <param name="lines">Of each container at most.</param>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API refuses, or the pod is gone.</exception>
    public static async Task<IReadOnlyList<string>> LastAsync(IKubernetes cluster, V1Pod pod, int lines, CancellationToken stop)
    {
        var all = new List<string>();

        foreach (var container in ContainersOf(pod).Where(HasRun))
        {
            // A container that waits has no log but that of its last run.
            await using var log = await cluster.CoreV1.ReadNamespacedPodLogAsync(
                pod.Metadata.Name, pod.Metadata.NamespaceProperty, container.Name, tailLines: lines, previous: container.State?.Waiting is not null,
                cancellationToken: stop);
            using var reader = new StreamReader(log);
            all.Add($"last log lines of {pod.Metadata.Name}, {container.Name}:");
            all.AddRange((await reader.ReadToEndAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  {line}"));
        }

        return all;
    }

    /// <summary>Those that prepare it first.</summary>
    public static IEnumerable<V1ContainerStatus> ContainersOf(V1Pod pod) =>
        (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []);

    private static bool HasRun(V1ContainerStatus container) =>
        container.State?.Running is not null || container.State?.Terminated is not null || container.RestartCount > 0;
}
