using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The database is far away.</summary>
internal sealed class Latency : IExperiment
{
    public string Name => "latency";

    public string Description => "Each round trip to DynamoDB takes 200 ms ± 50 ms longer: orders are slow, and are placed.";

    public TimeSpan Duration => TimeSpan.FromSeconds(30);

    // More than other faults have: latency's budget burns when 14.4 % of the requests of 200 s were slow, and those before this fault were not.
    public double Rate => 40;

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("LatencyBudgetBurn"), new("DependencySlow")];

    public IReadOnlyList<ExpectedPanel> Panels =>
        [ExpectedPanel.Rises("workload", "Half of the requests"), ExpectedPanel.Rises("dynamodb", "Half of the calls"), ExpectedPanel.Rises("run", "Duration")];

    public Budget Budget => new(FailedShare: 0.05, Recovery: TimeSpan.FromSeconds(10));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        string[] callers = ["orders-gateway", "orders-processor"];

        // Half of it there, half of it back.
        var faults = await Task.WhenAll(callers.Select(caller => run.Faults.DelayAsync(
            caller, "dynamodb-local", TimeSpan.FromMilliseconds(100), stop, jitter: TimeSpan.FromMilliseconds(25))));

        return Ongoing.All(faults, stop);
    }
}
