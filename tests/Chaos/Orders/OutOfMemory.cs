using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>Gateways have less memory than they need.</summary>
internal sealed class OutOfMemory : IExperiment
{
    public string Name => "out-of-memory";

    public string Description =>
        "Gateways are rolled out with a heap that cannot hold what they keep: allocations fail, and orders are refused; the roll-out back heals.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    // At a low rate, memory is collected in time.
    public double Rate => 60;

    public bool BreaksProcesses => true;

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("AvailabilityBudgetBurn")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Fills("workload", "Errors"), ExpectedPanel.Rises("dotnet", "Pauses")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20), LeastAcknowledged: 100);

    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) => SmallHeap.RollOutAsync(run, mebibytes: 12, stop);
}
