using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>No name is found.</summary>
internal sealed class DnsFailing : IExperiment
{
    public string Name => "dns-failing";

    public string Description =>
        "Gateways find no name any more: connections that stand are used until they are 10 s old, then orders are refused; when names are found, all is well.";

    public TimeSpan Duration => TimeSpan.FromSeconds(28);

    public IReadOnlyList<ExpectedAlert> Alerts => [ExpectedAlert.Burn("AvailabilityBudgetBurn"), new("DependencyFailing")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Fills("workload", "Calls that fail"), ExpectedPanel.Fills("workload", "Errors")];

    public Budget Budget => new(FailedShare: 0.9, Recovery: TimeSpan.FromSeconds(15));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) => await run.Faults.FailDnsAsync("orders-gateway", stop);
}
