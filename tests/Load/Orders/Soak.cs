using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>The same load for long.</summary>
internal sealed class Soak : IScenario
{
    public string Name => "soak";

    public string Description => "Orders and reads at a moderate rate for ten minutes: memory and latency at the end are what they were at the beginning.";

    public TimeSpan Duration => TimeSpan.FromMinutes(10);

    public double Rate => 30;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtMost("errors", "errors of 1000 requests, refusals included", 1),
        Threshold.AtMost("p99", "99th percentile of the latency in ms", 1000),
        Threshold.AtMost("memory", "working set at the end over that after a fifth of the run, of the service where it rose most", 1.2),
        Threshold.AtMost("slower", "median latency of the last fifth over that of the second fifth, the times of seconds", 1.5),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        await customers.PlaceSomeAsync(20, stop);
        var fifth = run.Duration / 5;
        // A service fills its caches and pools first: that is not a leak.
        await run.OpenAsync("first fifth", RateProfile.Constant(run.Rate, fifth), customers.Mixed("first"), stop);
        var before = await run.ServiceUseAsync(stop);
        var result = await run.OpenAsync("the rest", RateProfile.Constant(run.Rate, fifth * 4), customers.Mixed("rest"), stop);
        var after = await run.ServiceUseAsync(stop);

        run.Judge("errors", 1000 * (1 - (result.Count(OutcomeKind.Ok) / (double)result.Started)));
        run.Judge("p99", result.Latency.Percentile(99));
        run.Judge("memory", after.Max(use => use.WorkingSetMiB / before.Single(one => one.Service == use.Service).WorkingSetMiB));
        run.Judge("slower", result.MedianBetween(fifth * 3, fifth * 4) / result.MedianBetween(TimeSpan.Zero, fifth));
        run.Verified(await customers.VerifyAsync(stop));
    }
}
