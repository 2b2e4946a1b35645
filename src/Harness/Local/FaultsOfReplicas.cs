using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>What changes which pods run, as a roll-out or an autoscaler does.</summary>
public sealed partial class Faults
{
    /// <summary>
    /// Replaces a pod as a roll-out with <c>maxSurge: 1</c> and <c>maxUnavailable: 0</c> does: another one is played and ready, and served by the edge, before
    /// the old one is told to end.
    /// </summary>
    /// <param name="change">What is different in the new one; null: nothing.</param>
    /// <param name="graceSeconds">Another grace period for the old one; 0: it is killed at once, without the chance to drain.</param>
    /// <returns>The new pod's name.</returns>
    public async Task<string> ReplaceAsync(RunningPod old, CancellationToken stop, Action<JsonObject>? change = null, int? graceSeconds = null)
    {
        var added = await AddAsync(old.Owner, change, stop);
        await platform.Reconciler.StopAndRemoveAsync(old with { GraceSeconds = graceSeconds ?? old.GraceSeconds }, stop);

        return added;
    }

    /// <summary>Replaces all pods of a Deployment, those that do not run too, one after the other: see <see cref="ReplaceAsync"/>.</summary>
    /// <param name="change">What is different in the new ones; null: nothing.</param>
    public async Task RollOutAsync(string owner, CancellationToken stop, Action<JsonObject>? change = null)
    {
        foreach (var pod in (await platform.PodsAsync(stop)).Where(pod => pod.Owner == owner))
        {
            await ReplaceAsync(pod, stop, change);
        }
    }

    /// <summary>Plays one more pod of a Deployment and waits until it is ready, as an autoscaler does.</summary>
    /// <param name="change">What is different in it; null: nothing.</param>
    /// <returns>Removes the pod.</returns>
    public async Task<Fault> ScaleUpAsync(string owner, CancellationToken stop, Action<JsonObject>? change = null) =>
        await ScaleUpAsync(await NextAsync(owner, change, stop), journal.Begin($"{owner} has a pod more"), log: null, stop);

    private async Task<Fault> ScaleUpAsync(PlayablePod pod, FaultRecord record, string? log, CancellationToken stop)
    {
        record.Expect(podman.Command("pod", "rm", "--force", "--ignore", "--time", "0", pod.Name));

        async Task RemoveAsync()
        {
            if ((await platform.PodsAsync(CancellationToken.None)).FirstOrDefault(running => running.Name == pod.Name) is { } added)
            {
                await platform.Reconciler.StopAndRemoveAsync(added, CancellationToken.None);
            }

            await record.RevertAsync();
        }

        return await Fault.BeginAsync(RemoveAsync, async () =>
        {
            await platform.Reconciler.PlayAsync(pod, stop, log);
            await platform.WaitUntilReadyAsync([pod.Name], stop);

            return new Fault(RemoveAsync);
        });
    }

    private async Task<string> AddAsync(string owner, Action<JsonObject>? change, CancellationToken stop)
    {
        var pod = await NextAsync(owner, change, stop);
        await platform.Reconciler.PlayAsync(pod, stop);
        await platform.WaitUntilReadyAsync([pod.Name], stop);

        return pod.Name;
    }

    // The first number that no pod of the Deployment has.
    private async Task<PlayablePod> NextAsync(string owner, Action<JsonObject>? change, CancellationToken stop)
    {
        var taken = (await platform.PodsAsync(stop)).Select(pod => pod.Name).ToHashSet();
        var pod = Enumerable.Range(0, int.MaxValue).Select(replica => platform.PlayableOf(owner, replica)).First(pod => !taken.Contains(pod.Name));

        return change is null ? pod : pod.Changed(change);
    }
}
