using System.Text.Json.Nodes;
using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>A release of gateways that has too little memory.</summary>
internal sealed class OutOfMemory : IExperiment
{
    private const string Owner = "orders-gateway";

    // https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-limit
    private const string Variable = "DOTNET_GCHeapHardLimit";
    private const int Limit = 12 * 1024 * 1024;

    public string Name => "out-of-memory";

    public string Description =>
        "Gateways are rolled out with a heap that cannot hold what they keep: allocations fail, and orders are refused; the roll-out back heals.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    // At a low rate, memory is collected before it is short.
    public double Rate => 60;

    public bool BreaksProcesses => true;

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("AvailabilityBudgetBurn")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Fills("workload", "Errors"), ExpectedPanel.Rises("dotnet", "Pauses")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20), LeastAcknowledged: 100);

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        await RollOutAsync(run, pod => PodVariables.Set(pod, Variable, $"0x{Limit:X}"), stop);

        return Ongoing.Start(
            ending => Task.Delay(Timeout.InfiniteTimeSpan, ending), stop, () => RollOutAsync(run, change: null, CancellationToken.None));
    }

    private static async Task RollOutAsync(ExperimentRun run, Action<JsonObject>? change, CancellationToken stop)
    {
        foreach (var pod in (await run.Platform.PodsAsync(stop)).Where(pod => pod.Owner is Owner))
        {
            await run.Faults.ReplaceAsync(pod, stop, change);
        }
    }
}
