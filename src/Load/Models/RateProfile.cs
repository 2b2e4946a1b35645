namespace Causeway.Load.Models;

/// <summary>A stretch of time in which the rate goes in a straight line from one value to another.</summary>
/// <param name="From">Arrivals per second at its beginning.</param>
/// <param name="To">Arrivals per second at its end.</param>
public sealed record RateSegment(double From, double To, TimeSpan Duration)
{
    /// <summary>How many arrivals it has.</summary>
    public double Arrivals => (From + To) / 2 * Duration.TotalSeconds;
}

/// <summary>How many requests are to arrive when: segments, one after another.</summary>
public sealed record RateProfile(IReadOnlyList<RateSegment> Segments)
{
    /// <summary>The same rate all the time, in arrivals per second.</summary>
    public static RateProfile Constant(double rate, TimeSpan duration) => new([new RateSegment(rate, rate, duration)]);

    /// <summary>A rate that rises or falls steadily, in arrivals per second.</summary>
    public static RateProfile Ramp(double from, double to, TimeSpan duration) => new([new RateSegment(from, to, duration)]);

    /// <summary>This one, and then another.</summary>
    public RateProfile Then(RateProfile next) => new([.. Segments, .. next.Segments]);

    /// <summary>How long all segments take together.</summary>
    public TimeSpan Duration => Segments.Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration);

    /// <summary>How many arrivals all segments have together.</summary>
    public double Arrivals => Segments.Sum(segment => segment.Arrivals);

    /// <summary>When the number of arrivals so far reaches <paramref name="count"/>: the inverse of the integral of the rate. Null: never.</summary>
    public TimeSpan? TimeOf(double count)
    {
        var begin = TimeSpan.Zero;

        foreach (var segment in Segments)
        {
            if (count < segment.Arrivals)
            {
                // count = from·t + (to − from) / 2d · t², solved for t in the form that also holds for a constant rate.
                var slope = (segment.To - segment.From) / segment.Duration.TotalSeconds;
                var seconds = count is 0 ? 0 : 2 * count / (segment.From + Math.Sqrt((segment.From * segment.From) + (2 * slope * count)));

                return begin + TimeSpan.FromSeconds(seconds);
            }

            count -= segment.Arrivals;
            begin += segment.Duration;
        }

        return null;
    }

    public override string ToString() => string.Join(", then ", Segments.Select(segment => segment.From == segment.To
        ? $"{segment.From:0.#}/s for {segment.Duration.TotalSeconds:0.#} s"
        : $"{segment.From:0.#}/s to {segment.To:0.#}/s in {segment.Duration.TotalSeconds:0.#} s"));
}
