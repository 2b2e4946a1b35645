using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The processors cannot be reached.</summary>
internal sealed class Partition : IExperiment
{
    public string Name => "partition";

    public string Description =>
        "No packet passes between gateways and processors: orders are refused at once, none is lost, and all is well when packets pass.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("AvailabilityBudgetBurn"), new("DependencyFailing")];

    public IReadOnlyList<ExpectedPanel> Panels =>
    [
        ExpectedPanel.Fills("workload", "Calls that fail"),
        ExpectedPanel.Fills("workload", "Errors"),
        ExpectedPanel.Fills("run", "Calls that fail"),
        ExpectedPanel.Fills("run", "Failed requests"),
        ExpectedPanel.Fills("platform", "Failed requests"),
    ];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(15));

    public bool IsShort => true;

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        await run.Faults.DisconnectAsync("orders-gateway", "orders-processor", stop);
}
