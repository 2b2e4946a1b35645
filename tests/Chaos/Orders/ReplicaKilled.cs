using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>A gateway crashes again and again.</summary>
internal sealed class ReplicaKilled : IExperiment
{
    public string Name => "replica-killed";

    public string Description => "One of the gateways is killed every 10 s: the other one serves, and what was under way succeeds when it is repeated.";

    public TimeSpan Duration => TimeSpan.FromSeconds(62);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("ServiceRestarting")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("run", "Instances", "service_name=orders-gateway")];

    public Budget Budget => new(FailedShare: 0, Recovery: TimeSpan.FromSeconds(10), LeastAcknowledged: 500);

    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        Task.FromResult(RepeatedCrash.Start(run, run.Faults.KillAsync, TimeSpan.FromSeconds(10), stop));
}
