using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>Gateways have little more memory than they keep.</summary>
internal sealed class MemoryTight : IExperiment
{
    public string Name => "memory-tight";

    public string Description =>
        "Gateways are rolled out with a heap that just holds what they keep, and get a fraction of a core: they do little but collect garbage.";

    public TimeSpan Duration => TimeSpan.FromSeconds(45);

    public double Rate => 40;

    public bool BreaksProcesses => true;

    public IReadOnlyList<ExpectedAlert> Alerts => [new("GarbageCollectionPauses")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("dotnet", "Pauses")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20), LeastAcknowledged: 100);

    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) => SmallHeap.RollOutAsync(run, mebibytes: 16, stop, cores: 0.05);
}
