using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>Customers who look more than they buy.</summary>
internal sealed class Mixed : IScenario
{
    public string Name => "mixed";

    public string Description => "One in four requests places an order, two read one, and one lists a customer's: reads do not wait behind writes.";

    public TimeSpan Duration => TimeSpan.FromSeconds(60);

    public double Rate => 60;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtMost("errors", "errors of 1000 requests, refusals included", 1),
        Threshold.AtMost("write-p99", "99th percentile of the latency of POST /orders in ms", 1000),
        Threshold.AtMost("read-p99", "99th percentile of the latency of GET /orders/{id} in ms", 500),
        Threshold.AtMost("read-p50", "median latency of GET /orders/{id} over that of POST /orders", 1),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        await customers.PlaceSomeAsync(20, stop);
        var result = await run.OpenAsync("mixed", RateProfile.Constant(run.Rate, run.Duration), customers.Mixed("mixed"), stop);

        double Percentile(string endpoint, double percent) =>
            result.Endpoints.SingleOrDefault(one => one.Endpoint == endpoint)?.Latency.Percentile(percent) ?? double.NaN;

        run.Judge("errors", 1000 * (1 - (result.Count(OutcomeKind.Ok) / (double)result.Started)));
        run.Judge("write-p99", Percentile("POST /orders", 99));
        run.Judge("read-p99", Percentile("GET /orders/{id}", 99));
        run.Judge("read-p50", Percentile("GET /orders/{id}", 50) / Percentile("POST /orders", 50));
        run.Verified(await customers.VerifyAsync(stop));
    }
}
