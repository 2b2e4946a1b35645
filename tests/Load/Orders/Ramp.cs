using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>More and more orders.</summary>
internal sealed class Ramp : IScenario
{
    public string Name => "ramp";

    public string Description => "Orders at a rate that rises steadily from almost nothing: nothing but the rate itself may raise the latency.";

    public TimeSpan Duration => TimeSpan.FromSeconds(60);

    public double Rate => 60;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtMost("errors", "errors of 1000 requests, refusals included", 1),
        Threshold.AtMost("p99", "99th percentile of the latency of POST /orders in ms", 1500),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        var result = await run.OpenAsync("ramp", RateProfile.Ramp(run.Rate / 10, run.Rate, run.Duration), customers.Place("ramp"), stop);

        run.Judge("errors", 1000 * (1 - (result.Count(OutcomeKind.Ok) / (double)result.Started)));
        run.Judge("p99", result.Latency.Percentile(99));
        run.Verified(await customers.VerifyAsync(stop));
    }
}
