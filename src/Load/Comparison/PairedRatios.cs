namespace Causeway.Load.Comparison;

/// <summary>What a comparison can say.</summary>
public enum Difference
{
    /// <summary>The interval reaches over a limit: more pairs, or a calmer machine, might tell.</summary>
    Undecided,

    /// <summary>The whole interval is between the limits.</summary>
    Same,

    /// <summary>The whole interval is above the upper limit.</summary>
    Higher,

    /// <summary>The whole interval is below the lower limit.</summary>
    Lower,
}

/// <summary>
/// One value measured in pairs, before and after a change, compared by the median of the logarithms of their ratios. Pairs share what the machine does at the
/// time, and the median ignores a few that were disturbed. The interval is a percentile bootstrap's: pairs are drawn with replacement.
/// </summary>
/// <param name="Ratio">After over before; 1: nothing changed.</param>
/// <param name="Low">Lower end of the interval that holds the ratio with 95 % confidence.</param>
/// <param name="High">Its upper end.</param>
public sealed record PairedRatios(int Pairs, double Ratio, double Low, double High)
{
    /// <summary>Fewer pairs give no interval to speak of.</summary>
    public const int FewestPairs = 10;

    private const int Resamples = 10_000;

    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestPairs"/>, or a value is not above 0.</exception>
    public static PairedRatios Of(IReadOnlyList<(double Before, double After)> pairs, int seed)
    {
        if (pairs.Count < FewestPairs)
        {
            throw new ArgumentException($"{pairs.Count} pairs are too few: {FewestPairs} are needed.", nameof(pairs));
        }

        if (pairs.Any(pair => !(pair.Before > 0 && pair.After > 0 && double.IsFinite(pair.Before) && double.IsFinite(pair.After))))
        {
            throw new ArgumentException("A ratio needs values above 0.", nameof(pairs));
        }

        double[] logarithms = [.. pairs.Select(pair => Math.Log(pair.After / pair.Before))];
        var random = new Random(seed);
        var draw = new double[logarithms.Length];
        var medians = new double[Resamples];

        for (var at = 0; at < Resamples; at++)
        {
            for (var index = 0; index < draw.Length; index++)
            {
                draw[index] = logarithms[random.Next(logarithms.Length)];
            }

            medians[at] = Median(draw);
        }

        Array.Sort(medians);

        return new PairedRatios(
            pairs.Count,
            Math.Exp(Median(logarithms)),
            Math.Exp(medians[(int)(0.025 * Resamples)]),
            Math.Exp(medians[(int)(0.975 * Resamples) - 1]));
    }

    /// <param name="tolerance">How far from 1 counts as a difference: 0.05 makes the limits 1.05 and 1/1.05.</param>
    public Difference Verdict(double tolerance) =>
        Low > 1 + tolerance ? Difference.Higher
        : High < 1 / (1 + tolerance) ? Difference.Lower
        : Low >= 1 / (1 + tolerance) && High <= 1 + tolerance ? Difference.Same
        : Difference.Undecided;

    /// <summary>Which side is measured when: before, after, after, before, and so on, so that a drift of the machine cancels out.</summary>
    /// <returns>For each pair, whether <c>after</c> comes first.</returns>
    public static IEnumerable<bool> Order(int pairs) => Enumerable.Range(0, pairs).Select(pair => pair % 2 is 1);

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();

        return sorted.Length % 2 is 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
