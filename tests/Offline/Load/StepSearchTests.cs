using Causeway.Load;
using Causeway.Load.Measurement;
using Causeway.Load.Models;

namespace Causeway.Offline.Load;

/// <summary>The search for the highest rate that is sustained.</summary>
public sealed class StepSearchTests
{
    /// <summary>A server with a capacity: what is above it is refused, and the closer to it, the slower it answers.</summary>
    private static Func<double, Task<LoadResult>> Server(double capacity, List<double> tried) => rate =>
    {
        tried.Add(rate);
        var latency = new Latencies();
        latency.Record(TimeSpan.FromMilliseconds(10 / Math.Max(0.001, 1 - (rate / capacity))));
        var good = (long)(10 * Math.Min(rate, capacity));
        var outcomes = new Dictionary<OutcomeKind, long> { [OutcomeKind.Ok] = good, [OutcomeKind.Refused] = (long)(10 * rate) - good };

        return Task.FromResult(new LoadResult(
            "model", true, TimeSpan.Zero, TimeSpan.FromSeconds(10), (long)(10 * rate), rate, (long)(10 * rate), 0, new Latencies(),
            [new EndpointResult("GET /", latency, latency, new Latencies(), outcomes)], [], 0, []));
    };

    [Fact]
    public async Task The_knee_is_the_highest_rate_that_was_sustained()
    {
        var tried = new List<double>();

        var curve = await new StepSearch(first: 10, factor: 2, mostSteps: 10, refinements: 3, longestP99: 200).RunAsync(Server(100, tried));

        // Up to the first that fails, then halves: 95 has 10 / 0.05 = 200 ms.
        Assert.Equal([10, 20, 40, 80, 160, 120, 100, 90], tried);
        Assert.Equal((90, true), (curve.Knee, curve.IsBounded));
        Assert.Equal(curve.Points.OrderBy(point => point.Offered), curve.Points);
        Assert.Equal([true, true, true, true, true, false, false, false], curve.Points.Select(point => point.Sustained));
    }

    [Fact]
    public async Task A_rate_whose_answers_come_too_late_is_not_sustained()
    {
        var curve = await new StepSearch(first: 10, factor: 2, mostSteps: 10, refinements: 0, longestP99: 15).RunAsync(Server(100, []));

        // 40 takes 16.7 ms.
        Assert.Equal(20, curve.Knee);
    }

    [Fact]
    public async Task A_server_that_is_never_too_slow_has_its_knee_above_the_last_step()
    {
        var curve = await new StepSearch(first: 10, factor: 2, mostSteps: 3, refinements: 3, longestP99: 200).RunAsync(Server(1e9, []));

        Assert.Equal((40, false, 3), (curve.Knee, curve.IsBounded, curve.Points.Count));
    }

    [Fact]
    public async Task A_server_that_sustains_nothing_has_no_knee()
    {
        var curve = await new StepSearch(first: 10, factor: 2, mostSteps: 3, refinements: 3, longestP99: 200).RunAsync(Server(1, []));

        Assert.Null(curve.Knee);
        Assert.Single(curve.Points);
    }
}
