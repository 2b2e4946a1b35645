using Causeway.Load.Models;

namespace Causeway.Offline.Load;

/// <summary>When requests of an open model are to start.</summary>
public sealed class ArrivalTests
{
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void A_constant_rate_spaces_arrivals_evenly() =>
        Assert.Equal(
            [0, 100, 200, 300, 400, 500, 600, 700, 800, 900],
            Arrivals.Even(RateProfile.Constant(10, Seconds(1))).Select(time => time.TotalMilliseconds));

    [Fact]
    public void A_ramp_has_as_many_arrivals_as_the_area_below_it()
    {
        var ramp = RateProfile.Ramp(0, 100, Seconds(10));
        var times = Arrivals.Even(ramp).ToArray();

        Assert.Equal(500, times.Length);
        // A quarter of the area is in the first half.
        Assert.Equal(125, times.Count(time => time < Seconds(5)));
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_falling_ramp_ends_with_wide_gaps()
    {
        var times = Arrivals.Even(RateProfile.Ramp(100, 0, Seconds(10))).ToArray();

        Assert.Equal(500, times.Length);
        Assert.Equal(375, times.Count(time => time < Seconds(5)));
    }

    [Fact]
    public void Segments_follow_each_other()
    {
        var profile = RateProfile.Constant(10, Seconds(1)).Then(RateProfile.Constant(100, Seconds(1))).Then(RateProfile.Constant(10, Seconds(1)));
        var bySecond = Arrivals.Even(profile).GroupBy(time => (int)time.TotalSeconds).Select(second => second.Count());

        Assert.Equal([10, 100, 10], bySecond);
        Assert.Equal((Seconds(3), 120), (profile.Duration, profile.Arrivals));
    }

    [Fact]
    public void A_pause_in_the_middle_has_no_arrivals() =>
        Assert.Equal(
            [10, 0, 10],
            Enumerable.Range(0, 3).Select(second =>
                Arrivals.Even(RateProfile.Constant(10, Seconds(1)).Then(RateProfile.Constant(0, Seconds(1))).Then(RateProfile.Constant(10, Seconds(1))))
                    .Count(time => (int)time.TotalSeconds == second)));

    [Fact]
    public void Random_gaps_are_the_same_for_the_same_seed_alone()
    {
        var profile = RateProfile.Constant(50, Seconds(10));

        Assert.Equal(Arrivals.Poisson(profile, 7), Arrivals.Poisson(profile, 7));
        Assert.NotEqual(Arrivals.Poisson(profile, 7), Arrivals.Poisson(profile, 8));
    }

    [Fact]
    public void Random_gaps_have_the_mean_and_the_spread_of_a_Poisson_process()
    {
        var times = Arrivals.Poisson(RateProfile.Constant(100, Seconds(200)), seed: 1).Select(time => time.TotalSeconds).ToArray();
        var gaps = times.Zip(times.Skip(1), (first, second) => second - first).ToArray();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        // Four standard errors of 20,000 gaps; of an exponential, mean and deviation are the same. Even gaps would have a deviation of 0.
        Assert.InRange(mean, 0.01 * 0.97, 0.01 * 1.03);
        Assert.InRange(deviation / mean, 0.95, 1.05);
    }

    [Fact]
    public void Random_gaps_follow_a_ramp()
    {
        var times = Arrivals.Poisson(RateProfile.Ramp(0, 1000, Seconds(20)), seed: 3).ToArray();

        Assert.InRange(times.Length, 9_600, 10_400);
        Assert.InRange(times.Count(time => time < Seconds(10)) / (double)times.Length, 0.23, 0.27);
    }
}
