using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>What collects telemetry is gone.</summary>
internal sealed class CollectorDown : IExperiment
{
    public string Name => "collector-down";

    public string Description =>
        "Nothing takes the telemetry that services send: they serve as if nothing had happened, and that nothing is known wakes people.";

    // An objective is missed after half an hour without its series, in the time of the rules.
    public TimeSpan Duration => TimeSpan.FromSeconds(108);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("TelemetryAbsent"), new("IndicatorAbsent"), new("TargetDown")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Falls("platform", "Targets", "job=vmagent")];

    public Budget Budget => new(FailedShare: 0, Recovery: TimeSpan.FromSeconds(5));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        await run.Faults.StopAsync((await run.Platform.PodsOfAsync("vmagent", stop))[0], stop);
}
