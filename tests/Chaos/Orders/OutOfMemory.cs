using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>A gateway outgrows its memory again and again.</summary>
internal sealed class OutOfMemory : IExperiment
{
    public string Name => "out-of-memory";

    public string Description => "One of the gateways gets less memory than it uses every 6 s, and the kernel ends it: the other one serves.";

    public TimeSpan Duration => TimeSpan.FromSeconds(38);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("ServiceRestarting")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("run", "Instances", "service_name=orders-gateway")];

    public Budget Budget => new(FailedShare: 0, Recovery: TimeSpan.FromSeconds(10), LeastAcknowledged: 300);

    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        Task.FromResult(RepeatedCrash.Start(run, run.Faults.ExhaustMemoryAsync, TimeSpan.FromSeconds(6), stop));
}
