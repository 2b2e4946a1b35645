using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The tables have too little capacity.</summary>
internal sealed class DatabaseThrottled : IExperiment
{
    public string Name => "database-throttled";

    public string Description =>
        "DynamoDB answers 30 % of the gateways' calls with ProvisionedThroughputExceededException: they are repeated, and orders are placed.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("DatabaseThrottled")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Fills("dynamodb", "Throttled")];

    public Budget Budget => new(FailedShare: 0.02, Recovery: TimeSpan.FromSeconds(10));

    public bool IsShort => true;

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        await run.Faults.AnswerAsync("orders-gateway", "dynamodb-local", 0.3, FaultyAnswer.Throttled, run.Options.Seed, stop);
}
