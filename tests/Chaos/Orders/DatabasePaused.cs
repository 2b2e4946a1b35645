using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The database hangs.</summary>
internal sealed class DatabasePaused : IExperiment
{
    public string Name => "database-paused";

    public string Description =>
        "DynamoDB takes requests and answers none: what waits fills the places there are, the rest is refused at once, and all is well when it answers again.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    public double Rate => 30;

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("AvailabilityBudgetBurn"), new("ServiceOverloaded"), new("DependencyFailing")];

    public IReadOnlyList<ExpectedPanel> Panels =>
    [
        ExpectedPanel.Fills("dynamodb", "Other errors"),
        ExpectedPanel.Fills("workload", "Requests that are refused"),
        ExpectedPanel.Fills("run", "Requests that are refused"),
    ];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        await run.Faults.PauseAsync((await run.Platform.PodsOfAsync("dynamodb-local", stop))[0], stop);
}
