using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>Orders at a rate well below capacity.</summary>
internal sealed class Steady : IScenario
{
    public string Name => "steady";

    public string Description => "Orders of independent customers at a constant rate, well below capacity: the latency that customers see on a normal day.";

    public TimeSpan Duration => TimeSpan.FromSeconds(60);

    public double Rate => 25;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtMost("errors", "errors of 1000 requests, refusals included", 1),
        Threshold.AtMost("p50", "median latency of POST /orders in ms", 100),
        Threshold.AtMost("p99", "99th percentile of the latency of POST /orders in ms", 1000),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        var result = await run.OpenAsync("steady", RateProfile.Constant(run.Rate, run.Duration), customers.Place("steady"), stop);

        run.Judge("errors", 1000 * (1 - (result.Count(OutcomeKind.Ok) / (double)result.Started)));
        run.Judge("p50", result.Latency.Percentile(50));
        run.Judge("p99", result.Latency.Percentile(99));
        run.Verified(await customers.VerifyAsync(stop));
    }
}
