using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments;

/// <summary>A release of a component that is like the one that runs, but for some variables.</summary>
internal static class Release
{
    /// <summary>Rolls it out, pod after pod. What it returns rolls it back.</summary>
    /// <param name="component">As pods' owners are called, <c>orders-gateway</c>.</param>
    public static async Task<IAsyncDisposable> WithAsync(
        ExperimentRun run, string component, IReadOnlyDictionary<string, string> variables, CancellationToken stop)
    {
        async Task RollOutAsync(IReadOnlyDictionary<string, string> changed, CancellationToken cancel)
        {
            foreach (var pod in (await run.Platform.PodsAsync(cancel)).Where(pod => pod.Owner == component))
            {
                await run.Faults.ReplaceAsync(pod, cancel, made => changed.ToList().ForEach(one => PodVariables.Set(made, one.Key, one.Value)));
            }
        }

        await RollOutAsync(variables, stop);

        return Ongoing.Start(
            ending => Task.Delay(Timeout.InfiniteTimeSpan, ending),
            stop,
            () => RollOutAsync(new Dictionary<string, string>(), CancellationToken.None));
    }
}
