using HdrHistogram;

namespace Causeway.Load.Measurement;

/// <summary>
/// Times in a histogram of high dynamic range: from 1 µs to an hour, in fixed memory, each kept to within 0.1 % (<c>digits</c> 3) or 1 % (2). Histograms of
/// the same kind can be merged without loss. Not thread-safe.
/// </summary>
public sealed class Latencies(int digits = 3)
{
    private const long Longest = 3_600_000_000; // microseconds

    private readonly LongHistogram histogram = new(1, Longest, digits);

    /// <summary>How many times are in it.</summary>
    public long Count => histogram.TotalCount;

    /// <summary>Adds one. What is shorter than a microsecond counts as one, what is longer than an hour as an hour.</summary>
    public void Record(TimeSpan time) => histogram.RecordValue(Math.Clamp(time.Ticks / TimeSpan.TicksPerMicrosecond, 1, Longest));

    /// <summary>Adds all that <paramref name="other"/> holds.</summary>
    public void Merge(Latencies other) => histogram.Add(other.histogram);

    /// <summary>The time that <paramref name="percent"/> of all do not exceed, in milliseconds; not a number where there is none.</summary>
    /// <param name="percent">From 0 to 100.</param>
    public double Percentile(double percent) => Count is 0
        ? double.NaN
        : histogram.HighestEquivalentValue(histogram.GetValueAtPercentile(percent)) / 1000.0;

    /// <summary>Every value that occurred, in microseconds as the histogram keeps it, and how often: enough to merge reports.</summary>
    public IEnumerable<(long Microseconds, long Count)> Values =>
        histogram.RecordedValues().Select(value => (value.ValueIteratedTo, value.CountAddedInThisIterationStep));

    /// <summary>The values that a report shows.</summary>
    public Percentiles Summary => new(Count, Percentile(50), Percentile(90), Percentile(99), Percentile(99.9), Percentile(100));
}

/// <summary>Percentiles of times in milliseconds; not numbers where <paramref name="Count"/> is 0.</summary>
public sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max);
