using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>A campaign begins.</summary>
internal sealed class Spike : IScenario
{
    private const double Height = 4;

    public string Name => "spike";

    public string Description =>
        $"Orders at a calm rate, {Height:0} times as many for a sixth of the time, and calm again: afterwards all is as before.";

    public TimeSpan Duration => TimeSpan.FromSeconds(60);

    public double Rate => 15;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtMost("errors", "errors of 1000 requests, refusals not counted", 1),
        Threshold.AtMost("refused", "refusals of 1000 requests", 50),
        Threshold.AtMost("after", "median latency of the last sixth over that before the spike, the times of seconds", 2),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        var sixth = run.Duration / 6;
        var profile = RateProfile.Constant(run.Rate, sixth * 2)
            .Then(RateProfile.Constant(run.Rate * Height, sixth))
            .Then(RateProfile.Constant(run.Rate, sixth * 3));
        var result = await run.OpenAsync("spike", profile, customers.Place("spike"), stop);

        run.Judge("errors", 1000 * result.ErrorRatio);
        run.Judge("refused", 1000 * result.Count(OutcomeKind.Refused) / (double)result.Started);
        run.Judge("after", result.MedianBetween(sixth * 5, run.Duration) / result.MedianBetween(ScenarioRun.WarmUpOf(run.Duration), sixth * 2));
        run.Verified(await customers.VerifyAsync(stop));
    }
}
