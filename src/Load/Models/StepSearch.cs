using Causeway.Load.Measurement;

namespace Causeway.Load.Models;

/// <summary>One step of a search: a rate, and how it went.</summary>
/// <param name="Offered">Arrivals per second.</param>
/// <param name="Sustained">Whether the server kept up: it answered 95 % as wanted, within the longest latency.</param>
public sealed record CurvePoint(double Offered, double Goodput, double P50, double P99, long Refused, long Errors, bool Sustained);

/// <summary>Latency over offered rate.</summary>
/// <param name="Knee">The highest rate that was sustained, in arrivals per second; null: not even the first was.</param>
/// <param name="IsBounded">Whether a higher rate was tried and not sustained; if not, the knee is above.</param>
public sealed record Curve(IReadOnlyList<CurvePoint> Points, double? Knee, bool IsBounded);

/// <summary>Looks for the highest rate that is sustained: steps up until one is not, then halves the gap between the two.</summary>
/// <param name="first">The rate to begin with, in arrivals per second.</param>
/// <param name="factor">By how much the rate rises from step to step; more than 1.</param>
/// <param name="mostSteps">Steps up at most.</param>
/// <param name="refinements">Rates to try between the last that was sustained and the first that was not.</param>
/// <param name="longestP99">The latency that must not be exceeded, in milliseconds.</param>
public sealed class StepSearch(double first, double factor, int mostSteps, int refinements, double longestP99)
{
    private const double Kept = 0.95;

    /// <param name="step">Puts one rate on for a while.</param>
    public async Task<Curve> RunAsync(Func<double, Task<LoadResult>> step)
    {
        var points = new List<CurvePoint>();
        double? sustained = null, tooMuch = null;

        for (var (rate, at) = (first, 0); tooMuch is null && at < mostSteps; rate *= factor, at++)
        {
            await TryAsync(rate);
        }

        for (var at = 0; at < refinements && sustained is not null && tooMuch is not null; at++)
        {
            await TryAsync((sustained.Value + tooMuch.Value) / 2);
        }

        return new Curve([.. points.OrderBy(point => point.Offered)], sustained, tooMuch is not null);

        async Task TryAsync(double rate)
        {
            var result = await step(rate);
            var latency = result.Latency.Summary;
            // Random gaps make a little more or less of the rate: what counts is what came.
            var keepsUp = result.Goodput >= Kept * result.IntendedRate && latency.P99 <= longestP99;
            points.Add(new(
                rate,
                result.Goodput,
                latency.P50,
                latency.P99,
                result.Count(OutcomeKind.Refused),
                result.Endpoints.Sum(endpoint => endpoint.Errors),
                keepsUp));

            if (keepsUp)
            {
                sustained = rate;
            }
            else
            {
                tooMuch = rate;
            }
        }
    }
}
