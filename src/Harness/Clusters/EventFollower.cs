using k8s;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>
/// Follows the events of namespaces: each is said once, a warning at once, any other as a detail. What had happened before it began is not said.
/// </summary>
public sealed class EventFollower : IAsyncDisposable
{
    private readonly CancellationTokenSource ending;
    private readonly ISteps steps;
    private readonly List<ClusterEvent> seen = [];
    private readonly HashSet<ClusterEvent> before = [];
    private Task following = Task.CompletedTask;

    private EventFollower(ISteps steps, CancellationToken stop)
    {
        this.steps = steps;
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>What was said, in order.</summary>
    public IReadOnlyList<ClusterEvent> Said
    {
        get
        {
            lock (seen)
            {
                return [.. seen];
            }
        }
    }

    /// <summary>Begins; once it returns, nothing that happens is missed.</summary>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API refuses to show events.</exception>
    public static async Task<EventFollower> StartAsync(IKubernetes cluster, IReadOnlyCollection<string> namespaces, ISteps steps, CancellationToken stop)
    {
        var follower = new EventFollower(steps, stop);
        var pumps = namespaces.Select(name => follower.Pump(cluster, name)).ToArray();
        follower.following = Task.WhenAll(pumps.Select(pump => pump.Ended));

        try
        {
            foreach (var pump in pumps)
            {
                await await Task.WhenAny(pump.Listed, pump.Ended);
            }

            return follower;
        }
        catch
        {
            await follower.DisposeAsync();

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await following.ContinueWith(_ => { }, TaskScheduler.Default);
        ending.Dispose();
    }

    private (Task Listed, Task Ended) Pump(IKubernetes cluster, string @namespace)
    {
        var listed = new TaskCompletionSource();
        var feed = ApiFeeds.Events(cluster, @namespace);

        async Task RunAsync()
        {
            await foreach (var (sight, item) in feed.ReadAsync(() => listed.TrySetResult(), ending.Token))
            {
                Take(sight, ClusterEvent.Of(item));
            }
        }

        return (listed.Task, RunAsync());
    }

    private void Take(Sight sight, ClusterEvent item)
    {
        lock (seen)
        {
            if (sight is Sight.First)
            {
                before.Add(item);
            }
            else if (sight is Sight.Later && before.Add(item))
            {
                seen.Add(item);
                (item.IsWarning ? steps.Notice : (Action<string>)steps.Detail)($"{item}");
            }
        }
    }
}
