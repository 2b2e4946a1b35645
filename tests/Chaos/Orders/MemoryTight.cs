using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>Gateways have little more memory than they keep.</summary>
internal sealed class MemoryTight : IExperiment
{
    private const string Owner = "orders-gateway";

    // https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-limit
    private const string Variable = "DOTNET_GCHeapHardLimit";

    private const int Heap = 16 << 20; // bytes

    // How much is allocated between two collections, in bytes. The limit alone leaves more or less of it, by how fast the machine is.
    private const string BudgetVariable = "DOTNET_GCGen0MaxBudget";

    private const int Between = 64 << 10;

    private const double Cores = 0.05;

    public string Name => "memory-tight";

    public string Description =>
        "Gateways are rolled out with a heap that has little room beside what they keep, and get a fraction of a core: they do little but collect garbage.";

    public TimeSpan Duration => TimeSpan.FromSeconds(45);

    public double Rate => 28;

    public bool BreaksProcesses => true;

    public IReadOnlyList<ExpectedAlert> Alerts => [new("GarbageCollectionPauses")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("dotnet", "Pauses")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20), LeastAcknowledged: 100);

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        await run.Faults.RollOutAsync(Owner, stop, pod =>
        {
            PodVariables.Set(pod, Variable, $"0x{Heap:X}");
            PodVariables.Set(pod, BudgetVariable, $"0x{Between:X}");
        });
        var pods = await run.Platform.PodsOfAsync(Owner, stop);
        var faults = await Task.WhenAll(pods.Select(pod => run.Faults.LimitProcessorAsync(pod, Cores, stop)));

        return Ongoing.Start(ending => Task.Delay(Timeout.InfiniteTimeSpan, ending), stop, async () =>
        {
            await Task.WhenAll(faults.Select(fault => fault.DisposeAsync().AsTask()));
            await run.Faults.RollOutAsync(Owner, CancellationToken.None);
        });
    }
}
