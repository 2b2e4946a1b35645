using System.Threading.Channels;
using k8s;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>An object that is waited for.</summary>
public sealed record WantedRollout(string Kind, string Namespace, string Name)
{
    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}

/// <summary>
/// Waits for roll-outs by watching: every change of an object's status is judged by <see cref="Rollout"/> when the API reports it. It ends when all are
/// complete, when one has failed, or at the deadline; then with what the pods, the events and the logs say.
/// </summary>
/// <param name="deadline">For all of them together.</param>
public sealed class RolloutWatch(IKubernetes cluster, EventFollower events, TimeSpan deadline, TimeProvider clock)
{
    /// <param name="progress">Receives what is still waited for, whenever that changes.</param>
    /// <exception cref="PlatformException">One failed, or was not complete in time.</exception>
    public async Task WaitAsync(IReadOnlyList<WantedRollout> wanted, Action<string> progress, CancellationToken stop)
    {
        var verdicts = wanted.ToDictionary(one => one, _ => new RolloutVerdict(RolloutState.Waiting, "it does not exist"));
        var items = new Dictionary<WantedRollout, IKubernetesObject<V1ObjectMeta>>();
        using var late = new CancellationTokenSource(deadline, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        var sights = Channel.CreateUnbounded<(WantedRollout Which, Sight Sight, IKubernetesObject<V1ObjectMeta> Item)>();
        var pumps = Task.WhenAll(wanted.Select(one => (one.Kind, one.Namespace)).Distinct().Select(of => PumpAsync(of, sights.Writer, ending.Token)));

        try
        {
            while (verdicts.Values.Any(verdict => verdict.State is not RolloutState.Complete))
            {
                var (which, sight, item) = await sights.Reader.ReadAsync(ending.Token);

                if (!verdicts.ContainsKey(which))
                {
                    continue;
                }

                items[which] = item;
                verdicts[which] = sight is Sight.Gone ? new(RolloutState.Failed, "it was deleted") : Rollout.Of(item);
                var waiting = verdicts.Where(one => one.Value.State is RolloutState.Waiting).ToArray();
                progress(waiting is [] ? "all there" : $"{waiting.Length} of {wanted.Count} to come, {waiting[0].Key}: {waiting[0].Value.Reason}");

                if (verdicts[which] is { State: RolloutState.Failed } failed)
                {
                    throw await FailureAsync(which, failed.Reason);
                }
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            var (which, verdict) = verdicts.First(one => one.Value.State is not RolloutState.Complete);

            throw await FailureAsync(which, $"after {deadline.TotalSeconds:0} s {verdict.Reason}");
        }
        catch (ChannelClosedException closed) when (closed.InnerException is not null)
        {
            throw new PlatformException(
                "The API refuses to show what rolls out.", "Be allowed to list and watch Deployments, StatefulSets and Jobs.",
                closed.InnerException.Message, closed);
        }
        finally
        {
            await ending.CancelAsync();
            await pumps.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        async Task<PlatformException> FailureAsync(WantedRollout which, string reason) =>
            await new FailedRollout(cluster, events.Said).ExplainAsync(which, items.GetValueOrDefault(which), reason, stop);
    }

    private async Task PumpAsync(
        (string Kind, string Namespace) of, ChannelWriter<(WantedRollout, Sight, IKubernetesObject<V1ObjectMeta>)> sights, CancellationToken stop)
    {
        try
        {
            await foreach (var (sight, item) in ApiFeeds.Rollouts(cluster, of.Kind, of.Namespace, stop))
            {
                await sights.WriteAsync((new(of.Kind, of.Namespace, item.Metadata.Name), sight, item), stop);
            }
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            sights.TryComplete(error);
        }
    }
}
