using Causeway.Load.Measurement;

namespace Causeway.Offline.Load;

/// <summary>The histogram of times.</summary>
public sealed class LatencyTests
{
    private static Latencies Of(IEnumerable<double> milliseconds)
    {
        var latencies = new Latencies();
        milliseconds.ToList().ForEach(time => latencies.Record(TimeSpan.FromMilliseconds(time)));

        return latencies;
    }

    [Fact]
    public void Percentiles_are_right_to_a_thousandth()
    {
        var summary = Of(Enumerable.Range(1, 10_000).Select(time => (double)time)).Summary;

        Assert.Equal(10_000, summary.Count);
        Assert.InRange(summary.P50, 5_000 * 0.999, 5_000 * 1.001);
        Assert.InRange(summary.P99, 9_900 * 0.999, 9_900 * 1.001);
        Assert.InRange(summary.P999, 9_990 * 0.999, 9_990 * 1.001);
        Assert.InRange(summary.Max, 10_000 * 0.999, 10_000 * 1.001);
    }

    [Fact]
    public void Merged_histograms_are_as_if_all_times_were_recorded_in_one()
    {
        var random = new Random(1);
        double[] first = [.. Enumerable.Range(0, 5_000).Select(_ => random.NextDouble() * 10)], second = [.. first.Select(time => 10 + (time * 100))];
        var merged = Of(first);

        merged.Merge(Of(second));

        Assert.Equal(Of([.. first, .. second]).Values, merged.Values);
        Assert.Equal(Of([.. first, .. second]).Summary, merged.Summary);
        Assert.NotEqual(Of(first).Summary, merged.Summary);
    }

    [Fact]
    public void What_is_out_of_range_counts_as_the_nearest_that_is_in_it()
    {
        var latencies = Of([0, 0.0001, TimeSpan.FromHours(5).TotalMilliseconds]);

        Assert.Equal(3, latencies.Count);
        Assert.Equal(0.001, latencies.Percentile(0));
        Assert.InRange(latencies.Percentile(100), 3_600_000, 3_604_000);
    }

    [Fact]
    public void Percentiles_of_nothing_are_not_numbers() => Assert.Equal(double.NaN, new Latencies().Percentile(99));
}
