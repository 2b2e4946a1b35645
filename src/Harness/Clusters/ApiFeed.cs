using System.Net;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>How an object came to be seen.</summary>
internal enum Sight
{
    /// <summary>It was there when the feed began.</summary>
    First,

    /// <summary>It was there, or changed, later.</summary>
    Later,

    /// <summary>It was deleted.</summary>
    Gone,
}

/// <summary>
/// The objects of one kind in a namespace, and every change of them: a list, then a watch from where the list ended, and another list whenever the watch
/// is too old (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes). An API server that is away for a moment is
/// asked again.
/// </summary>
internal sealed class ApiFeed<T>(
    Func<CancellationToken, Task<(IList<T> Items, V1ListMeta At)>> list,
    Func<string, Action<Exception>, CancellationToken, IAsyncEnumerable<(WatchEventType Type, T Item)>> watch)
    where T : IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="listed">Called after each list.</param>
    /// <exception cref="HttpOperationException">The API refuses to show them.</exception>
    public async IAsyncEnumerable<(Sight Sight, T Item)> ReadAsync(Action listed, [EnumeratorCancellation] CancellationToken stop)
    {
        var sight = Sight.First;
        var there = new Dictionary<string, T>();

        while (true)
        {
            if (await TryAsync(() => list(stop), stop) is not { } all)
            {
                continue;
            }

            // What went between the end of a watch and this list.
            foreach (var name in there.Keys.Except(all.Items.Select(item => item.Metadata.Name)).ToArray())
            {
                there.Remove(name, out var gone);

                yield return (Sight.Gone, gone!);
            }

            foreach (var item in all.Items)
            {
                there[item.Metadata.Name] = item;

                yield return (sight, item);
            }

            listed();
            sight = Sight.Later;

            await foreach (var (seen, item) in ChangesAsync(all.At.ResourceVersion, stop))
            {
                there[item.Metadata.Name] = item;

                if (seen is Sight.Gone)
                {
                    there.Remove(item.Metadata.Name);
                }

                yield return (seen, item);
            }
        }
    }

    // Until the server ends the watch, or says that it cannot go on.
    private async IAsyncEnumerable<(Sight, T)> ChangesAsync(string from, [EnumeratorCancellation] CancellationToken stop)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var changes = watch(from, _ => broken.Cancel(), broken.Token).GetAsyncEnumerator(broken.Token);

        while (await TryAsync(async () => (Next: await changes.MoveNextAsync(), 0), stop) is { Next: true })
        {
            var (type, item) = changes.Current;

            if (type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted)
            {
                yield return (type is WatchEventType.Deleted ? Sight.Gone : Sight.Later, item);
            }
        }
    }

    // Null where the server was away, or wants to be asked again.
    private static async Task<TResult?> TryAsync<TResult>(Func<Task<TResult>> ask, CancellationToken stop)
        where TResult : struct
    {
        try
        {
            return await ask();
        }
        catch (Exception passing) when (IsPassing(passing) && !stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, stop);

            return null;
        }
    }

    private static bool IsPassing(Exception error) => error switch
    {
        HttpOperationException answer =>
            answer.Response.StatusCode is HttpStatusCode.Gone or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException or IOException => true,
        OperationCanceledException => true, // the client's own time limit, or a watch that has an error in it
        _ => false,
    };
}
