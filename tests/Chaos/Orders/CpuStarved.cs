using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The gateways' node is crowded.</summary>
internal sealed class CpuStarved : IExperiment
{
    private const double Cores = 0.015;

    public string Name => "cpu-starved";

    public string Description =>
        "Gateways get a fraction of the processor time they need: work queues up in them, and is done or refused when they get their time.";

    public TimeSpan Duration => TimeSpan.FromSeconds(25);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("ThreadPoolStarved")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("dotnet", "Waiting work")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        var pods = await run.Platform.PodsOfAsync("orders-gateway", stop);
        var faults = await Task.WhenAll(pods.Select(pod => run.Faults.LimitProcessorAsync(pod, Cores, stop)));

        return Ongoing.Start(
            ending => Task.Delay(Timeout.InfiniteTimeSpan, ending),
            stop,
            () => Task.WhenAll(faults.Select(fault => fault.DisposeAsync().AsTask())));
    }
}
