using Causeway.Load.Comparison;

namespace Causeway.Offline.Load;

/// <summary>What a comparison of pairs says, on data whose truth is known.</summary>
public sealed class ComparisonTests
{
    /// <summary>Pairs on a machine that gets slower by half meanwhile, with noise of its own in each measurement.</summary>
    private static (double, double)[] Pairs(double truth, double noise, int seed, int count = 12)
    {
        var random = new Random(seed);
        double Noise() => Math.Exp(noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2);

        return [.. Enumerable.Range(0, count).Select(pair => 100 * (1 + (0.5 * pair / count))).Select(base_ => (base_ * Noise(), base_ * truth * Noise()))];
    }

    [Fact]
    public void A_clear_difference_is_found_in_either_direction()
    {
        Assert.Equal(Difference.Higher, PairedRatios.Of(Pairs(1.2, 0.02, seed: 1), seed: 1).Verdict(0.05));
        Assert.Equal(Difference.Lower, PairedRatios.Of(Pairs(0.8, 0.02, seed: 1), seed: 1).Verdict(0.05));
    }

    [Fact]
    public void The_same_twice_is_never_a_difference()
    {
        var verdicts = Enumerable.Range(0, 100).Select(seed => PairedRatios.Of(Pairs(1, 0.05, seed), seed)).ToArray();

        Assert.DoesNotContain(verdicts, ratios => ratios.Verdict(0.05) is Difference.Higher or Difference.Lower);
        // An interval of 95 % misses the truth in one of twenty; a percentile bootstrap of twelve pairs a little oftener.
        Assert.InRange(verdicts.Count(ratios => ratios.Low <= 1 && ratios.High >= 1), 88, 100);
    }

    [Fact]
    public void The_same_twice_on_a_restless_machine_stays_undecided() =>
        Assert.Equal(Difference.Undecided, PairedRatios.Of(Pairs(1, 0.3, seed: 4), seed: 4).Verdict(0.05));

    [Fact]
    public void The_same_twice_on_a_calm_machine_is_the_same() =>
        Assert.Equal(Difference.Same, PairedRatios.Of(Pairs(1, 0.005, seed: 4), seed: 4).Verdict(0.05));

    [Fact]
    public void A_difference_at_the_limit_stays_undecided() =>
        Assert.Equal(Difference.Undecided, PairedRatios.Of(Pairs(1.05, 0.02, seed: 5), seed: 5).Verdict(0.05));

    [Fact]
    public void Two_disturbed_pairs_of_twelve_change_no_verdict()
    {
        var pairs = Pairs(1.2, 0.02, seed: 6);
        (pairs[3], pairs[7]) = ((100, 20), (100, 5000));

        var ratios = PairedRatios.Of(pairs, seed: 6);

        Assert.Equal(Difference.Higher, ratios.Verdict(0.05));
        Assert.InRange(ratios.Ratio, 1.15, 1.25);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval() => Assert.Equal(PairedRatios.Of(Pairs(1, 0.1, 7), 7), PairedRatios.Of(Pairs(1, 0.1, 7), 7));

    [Fact]
    public void Too_few_pairs_and_values_of_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedRatios.Of(Pairs(1, 0.1, 1, count: 9), 1));
        Assert.Throws<ArgumentException>(() => PairedRatios.Of([.. Pairs(1, 0.1, 1), (0, 1)], 1));
        Assert.Throws<ArgumentException>(() => PairedRatios.Of([.. Pairs(1, 0.1, 1), (1, double.NaN)], 1));
    }

    [Fact]
    public void Sides_take_turns_at_being_first() => Assert.Equal([false, true, false, true], PairedRatios.Order(4));
}
