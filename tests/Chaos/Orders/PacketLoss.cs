using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The line to the database is bad.</summary>
internal sealed class PacketLoss : IExperiment
{
    public string Name => "packet-loss";

    public string Description =>
        "2 % of the packets between gateways and DynamoDB are lost in each direction: TCP repeats them, some orders are slow, none fails.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    public IReadOnlyList<ExpectedAlert> Alerts => [];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("dynamodb", "99 % of the calls")];

    public Budget Budget => new(FailedShare: 0.01, Recovery: TimeSpan.FromSeconds(5));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        await run.Faults.LoseAsync("orders-gateway", "dynamodb-local", 0.02, stop);
}
