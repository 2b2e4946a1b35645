using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>
/// The namespaces that an environment has in a cluster: one for each workload and one for each group of stand-ins. Labels say that they are ours; nothing
/// without them is ever changed or deleted.
/// </summary>
public sealed class ClusterNamespaces(IKubernetes cluster, string environment, TimeProvider clock)
{
    private const string ManagedBy = "app.kubernetes.io/managed-by";
    private const string Manager = "causeway";
    private const string Environment = "causeway/environment";

    /// <summary>Finds those of this environment.</summary>
    public string Selector => $"{ManagedBy}={Manager},{Environment}={environment}";

    /// <summary>A namespace that is an environment's, as an object of the API.</summary>
    internal static JsonObject Labelled(string name, string environment) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [ManagedBy] = Manager, [Environment] = environment } },
    };

    /// <summary>Those that are there.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken stop) =>
        [.. (await cluster.CoreV1.ListNamespaceAsync(labelSelector: Selector, cancellationToken: stop)).Items.Select(one => one.Metadata.Name)];

    /// <exception cref="PlatformException">One of <paramref name="names"/> is there and is not this environment's.</exception>
    public async Task ExpectOursAsync(IEnumerable<string> names, CancellationToken stop)
    {
        var all = (await cluster.CoreV1.ListNamespaceAsync(cancellationToken: stop)).Items.ToDictionary(one => one.Metadata.Name);

        foreach (var name in names.Where(all.ContainsKey))
        {
            var labels = all[name].Metadata.Labels ?? new Dictionary<string, string>();

            if (!labels.TryGetValue(ManagedBy, out var manager) || manager != Manager
                || !labels.TryGetValue(Environment, out var owner) || owner != environment)
            {
                throw new PlatformException(
                    $"The cluster has a namespace {name} that was not made here for environment {environment}.",
                    "Use a cluster of its own (docs/clusters.md), or remove the namespace if nothing in it is needed.");
            }
        }
    }

    /// <summary>Makes those of <paramref name="names"/> that are not there. One that is about to go is waited for.</summary>
    /// <exception cref="PlatformException">One does not go.</exception>
    public async Task<int> EnsureAsync(IReadOnlyCollection<string> names, TimeSpan patience, CancellationToken stop)
    {
        var there = (await cluster.CoreV1.ListNamespaceAsync(labelSelector: Selector, cancellationToken: stop)).Items;
        var going = there.Where(one => one.Metadata.DeletionTimestamp is not null).Select(one => one.Metadata.Name).Intersect(names).ToArray();
        await WaitUntilGoneAsync(going, patience, _ => { }, stop);
        string[] missing = [.. names.Except(there.Select(one => one.Metadata.Name).Except(going))];

        foreach (var name in missing)
        {
            await cluster.CoreV1.CreateNamespaceAsync(
                new V1Namespace
                {
                    Metadata = new V1ObjectMeta
                    {
                        Name = name,
                        Labels = new Dictionary<string, string>
                        {
                            [ManagedBy] = Manager,
                            [Environment] = environment,
                            ["pod-security.kubernetes.io/enforce"] = "restricted", // as argocd/appsets/workloads.yaml does
                        },
                    },
                },
                cancellationToken: stop);
        }

        return missing.Length;
    }

    /// <summary>Deletes namespaces with all that is in them, and waits until they are gone.</summary>
    /// <exception cref="PlatformException">One hangs; the message names what it waits for.</exception>
    public async Task DeleteAsync(IReadOnlyCollection<string> names, TimeSpan patience, Action<string> progress, CancellationToken stop)
    {
        foreach (var name in names)
        {
            try
            {
                await cluster.CoreV1.DeleteNamespaceAsync(name, cancellationToken: stop);
            }
            catch (HttpOperationException gone) when (gone.Response.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict)
            {
                // It is gone, or already on its way.
            }
        }

        await WaitUntilGoneAsync(names, patience, progress, stop);
    }

    private async Task WaitUntilGoneAsync(IReadOnlyCollection<string> names, TimeSpan patience, Action<string> progress, CancellationToken stop)
    {
        if (names.Count == 0)
        {
            return;
        }

        using var late = new CancellationTokenSource(patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        var left = names.ToHashSet();
        var last = new Dictionary<string, V1Namespace>();

        // What a list does not name went before it.
        void Listed()
        {
            left.IntersectWith(last.Keys);

            if (left.Count == 0)
            {
                ending.Cancel();
            }
        }

        try
        {
            await foreach (var (sight, item) in ApiFeeds.Namespaces(cluster, Selector).ReadAsync(Listed, ending.Token))
            {
                last[item.Metadata.Name] = item;

                if (sight is Sight.Gone && left.Remove(item.Metadata.Name))
                {
                    progress($"{item.Metadata.Name} is gone, {left.Count} to go");
                }

                if (left.Count == 0)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (left.Count == 0 && !stop.IsCancellationRequested)
        {
            // All are gone.
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            var name = left.First();

            throw new PlatformException(
                $"Namespace {name} is still there after {patience.TotalSeconds:0} s.",
                "The lines above name what it waits for. A finalizer goes when its controller has done its work: start the controller again, or remove the " +
                $"finalizer from the object by hand if the controller is gone for good. Then run `./causeway down --cluster` again.",
                string.Join('\n', WaitsFor(last.GetValueOrDefault(name))));
        }
    }

    /// <summary>What a namespace that is being deleted waits for, as the API says it.</summary>
    public static IReadOnlyList<string> WaitsFor(V1Namespace? item) =>
    [
        .. (item?.Status?.Conditions ?? []).Where(one => one.Status is "True").Select(one => $"{one.Type}: {one.Message}"),
        .. (item?.Spec?.Finalizers ?? []).Concat(item?.Metadata?.Finalizers ?? []).Select(one => $"finalizer of the namespace itself: {one}"),
    ];
}
