using k8s;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>The feeds of what a roll-out is made of.</summary>
internal static class ApiFeeds
{
    public static ApiFeed<Corev1Event> Events(IKubernetes cluster, string @namespace) => new(
        async stop => Of(await cluster.CoreV1.ListNamespacedEventAsync(@namespace, cancellationToken: stop)),
        (from, failed, stop) => cluster.CoreV1.WatchListNamespacedEventAsync(
            @namespace, resourceVersion: from, onError: failed, cancellationToken: stop));

    public static ApiFeed<V1Namespace> Namespaces(IKubernetes cluster, string selector) => new(
        async stop => Of(await cluster.CoreV1.ListNamespaceAsync(labelSelector: selector, cancellationToken: stop)),
        (from, failed, stop) => cluster.CoreV1.WatchListNamespaceAsync(
            labelSelector: selector, resourceVersion: from, onError: failed, cancellationToken: stop));

    /// <summary>The objects of a kind that rolls out, in a namespace.</summary>
    /// <param name="kind">One of <see cref="Rollout.Kinds"/>.</param>
    public static IAsyncEnumerable<(Sight Sight, IKubernetesObject<V1ObjectMeta> Item)> Rollouts(
        IKubernetes cluster, string kind, string @namespace, CancellationToken stop) => kind switch
        {
            "Deployment" => Wide(
                new(
                    async one => Of(await cluster.AppsV1.ListNamespacedDeploymentAsync(@namespace, cancellationToken: one)),
                    (from, failed, one) => cluster.AppsV1.WatchListNamespacedDeploymentAsync(
                        @namespace, resourceVersion: from, onError: failed, cancellationToken: one)),
                (V1Deployment item) => item,
                stop),
            "StatefulSet" => Wide(
                new(
                    async one => Of(await cluster.AppsV1.ListNamespacedStatefulSetAsync(@namespace, cancellationToken: one)),
                    (from, failed, one) => cluster.AppsV1.WatchListNamespacedStatefulSetAsync(
                        @namespace, resourceVersion: from, onError: failed, cancellationToken: one)),
                (V1StatefulSet item) => item,
                stop),
            "DaemonSet" => Wide(
                new(
                    async one => Of(await cluster.AppsV1.ListNamespacedDaemonSetAsync(@namespace, cancellationToken: one)),
                    (from, failed, one) => cluster.AppsV1.WatchListNamespacedDaemonSetAsync(
                        @namespace, resourceVersion: from, onError: failed, cancellationToken: one)),
                (V1DaemonSet item) => item,
                stop),
            "Job" => Wide(
                new(
                    async one => Of(await cluster.BatchV1.ListNamespacedJobAsync(@namespace, cancellationToken: one)),
                    (from, failed, one) => cluster.BatchV1.WatchListNamespacedJobAsync(
                        @namespace, resourceVersion: from, onError: failed, cancellationToken: one)),
                (V1Job item) => item,
                stop),
            _ => throw new ArgumentException($"Objects of kind {kind} do not roll out.", nameof(kind)),
        };

    /// <summary>The objects of a kind that rolls out, in a namespace, as they are now.</summary>
    public static async Task<IReadOnlyList<IKubernetesObject<V1ObjectMeta>>> NowAsync(
        IKubernetes cluster, string kind, string @namespace, CancellationToken stop) => kind switch
        {
            "Deployment" => [.. (await cluster.AppsV1.ListNamespacedDeploymentAsync(@namespace, cancellationToken: stop)).Items],
            "StatefulSet" => [.. (await cluster.AppsV1.ListNamespacedStatefulSetAsync(@namespace, cancellationToken: stop)).Items],
            "DaemonSet" => [.. (await cluster.AppsV1.ListNamespacedDaemonSetAsync(@namespace, cancellationToken: stop)).Items],
            "Job" => [.. (await cluster.BatchV1.ListNamespacedJobAsync(@namespace, cancellationToken: stop)).Items],
            _ => throw new ArgumentException($"Objects of kind {kind} do not roll out.", nameof(kind)),
        };

    // Lists have no kinds at their items.
    private static async IAsyncEnumerable<(Sight, IKubernetesObject<V1ObjectMeta>)> Wide<T>(
        ApiFeed<T> feed, Func<T, IKubernetesObject<V1ObjectMeta>> widened, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        await foreach (var (sight, item) in feed.ReadAsync(() => { }, stop))
        {
            yield return (sight, widened(item));
        }
    }

    private static (IList<T>, V1ListMeta) Of<T>(IItems<T> list)
        where T : IKubernetesObject => (list.Items, ((IMetadata<V1ListMeta>)list).Metadata);
}
