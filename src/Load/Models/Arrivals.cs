namespace Causeway.Load.Models;

/// <summary>When requests are to start, as offsets from the beginning of a run.</summary>
public static class Arrivals
{
    /// <summary>Evenly spaced by the rate: the n-th comes when n arrivals are due.</summary>
    public static IEnumerable<TimeSpan> Even(RateProfile profile)
    {
        for (var count = 0; profile.TimeOf(count) is { } time; count++)
        {
            yield return time;
        }
    }

    /// <summary>
    /// A Poisson process of the profile's rate, as independent users make it: gaps of a unit rate are exponential, and the profile stretches them.
    /// The same seed gives the same arrivals.
    /// </summary>
    public static IEnumerable<TimeSpan> Poisson(RateProfile profile, int seed)
    {
        var random = new Random(seed);

        for (var count = Gap(); profile.TimeOf(count) is { } time; count += Gap())
        {
            yield return time;
        }

        // NextDouble may be 0 and is never 1.
        double Gap() => -Math.Log(1 - random.NextDouble());
    }
}
