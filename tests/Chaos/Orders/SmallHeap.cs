using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>A release of gateways with little memory.</summary>
internal static class SmallHeap
{
    private const string Owner = "orders-gateway";

    // https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-limit
    private const string Variable = "DOTNET_GCHeapHardLimit";

    /// <param name="mebibytes">Of the heap of each gateway.</param>
    /// <param name="cores">What each gateway gets; null: what it likes.</param>
    /// <returns>Gives them time, and rolls out what was before.</returns>
    public static async Task<IAsyncDisposable> RollOutAsync(ExperimentRun run, int mebibytes, CancellationToken stop, double? cores = null)
    {
        await run.Faults.RollOutAsync(Owner, stop, pod => PodVariables.Set(pod, Variable, $"0x{mebibytes << 20:X}"));
        var crowded = cores is null ? [] : await run.Platform.PodsOfAsync(Owner, stop);
        var faults = await Task.WhenAll(crowded.Select(pod => run.Faults.LimitProcessorAsync(pod, cores!.Value, stop)));

        return Ongoing.Start(ending => Task.Delay(Timeout.InfiniteTimeSpan, ending), stop, async () =>
        {
            await Task.WhenAll(faults.Select(fault => fault.DisposeAsync().AsTask()));
            await run.Faults.RollOutAsync(Owner, CancellationToken.None);
        });
    }
}
