using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The processors are heard of no more, and hear everything.</summary>
internal sealed class PartitionOneWay : IExperiment
{
    public string Name => "partition-one-way";

    public string Description =>
        "Processors get what gateways ask, and their answers are lost: stock is taken of which no gateway knows, and comes back or belongs to an order.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    public IReadOnlyList<ExpectedAlert> Alerts =>
        [ExpectedAlert.Burn("AvailabilityBudgetBurn"), ExpectedAlert.Burn("CompletenessBudgetBurn"), new("DependencyFailing")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Fills("workload", "Calls that fail"), ExpectedPanel.Fills("platform", "Failed requests")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(15));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        await run.Faults.DisconnectAsync("orders-gateway", "orders-processor", stop, Cut.Answers);
}
