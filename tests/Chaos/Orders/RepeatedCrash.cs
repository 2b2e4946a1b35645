using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>One of the gateways ends again and again.</summary>
internal static class RepeatedCrash
{
    /// <param name="end">What ends a gateway.</param>
    /// <param name="pause">Between one end and the next.</param>
    /// <returns>Waits until all gateways are ready.</returns>
    public static IAsyncDisposable Start(
        ExperimentRun run, Func<RunningPod, CancellationToken, Task> end, TimeSpan pause, CancellationToken stop) => Ongoing.Start(
        async ending =>
        {
            for (var crashes = 1; ; crashes++)
            {
                var pods = await run.Platform.PodsOfAsync("orders-gateway", ending);
                await end(pods[run.Random.Next(pods.Count)], ending);
                run.Note("crashes", crashes);
                await Task.Delay(pause, ending);
            }
        },
        stop,
        async () => await run.Platform.WaitUntilReadyAsync(
            [.. (await run.Platform.PodsAsync(stop)).Where(pod => pod.Owner is "orders-gateway").Select(pod => pod.Name)], stop));
}
