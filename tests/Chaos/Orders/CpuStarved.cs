using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The node of the gateways is crowded.</summary>
internal sealed class CpuStarved : IExperiment
{
    private const double Cores = 0.03;

    public string Name => "cpu-starved";

    public string Description =>
        "Gateways get a fraction of the CPU time they need: work queues up in them, orders fail, and all is well when they get their time.";

    public TimeSpan Duration => TimeSpan.FromSeconds(25);

    public double Rate => 40;

    public IReadOnlyList<ExpectedAlert> Alerts => [new("ThreadPoolStarved")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("dotnet", "Waiting work")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(30));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        var pods = await run.Platform.PodsOfAsync("orders-gateway", stop);
        var faults = await Task.WhenAll(pods.Select(pod => run.Faults.LimitProcessorAsync(pod, Cores, stop)));

        return Ongoing.All(faults, stop);
    }
}
