using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The database is far away.</summary>
internal sealed class Latency : IExperiment
{
    public string Name => "latency";

    public string Description => "Each round trip from gateways to DynamoDB takes 200 ms ± 50 ms longer: orders are slow, and are placed.";

    public TimeSpan Duration => TimeSpan.FromSeconds(25);

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("LatencyBudgetBurn"), new("DependencySlow")];

    public IReadOnlyList<ExpectedPanel> Panels =>
        [ExpectedPanel.Rises("workload", "Half of the requests"), ExpectedPanel.Rises("dynamodb", "Half of the calls"), ExpectedPanel.Rises("run", "Duration")];

    public Budget Budget => new(FailedShare: 0.05, Recovery: TimeSpan.FromSeconds(10));

    // Half of it there, half of it back.
    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) => await run.Faults.DelayAsync(
        "orders-gateway", "dynamodb-local", TimeSpan.FromMilliseconds(100), stop, jitter: TimeSpan.FromMilliseconds(25));
}
