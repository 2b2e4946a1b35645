using Causeway.Harness;

namespace Causeway.Load;

/// <summary>Which side of its limit a value must be on.</summary>
public enum Bound
{
    AtMost,
    AtLeast,
}

/// <summary>What a scenario promises of one value.</summary>
/// <param name="Name">What the command line calls it: <c>--threshold name=value</c> sets another limit.</param>
/// <param name="Expression">What is compared, with its unit.</param>
public sealed record Threshold(string Name, string Expression, Bound Bound, double Limit)
{
    public static Threshold AtMost(string name, string expression, double limit) => new(name, expression, Bound.AtMost, limit);

    public static Threshold AtLeast(string name, string expression, double limit) => new(name, expression, Bound.AtLeast, limit);

    /// <summary>Whether a value keeps it. One that is not a number does not: there was nothing to judge.</summary>
    public bool Holds(double value) => Bound is Bound.AtMost ? value <= Limit : value >= Limit;

    public override string ToString() => $"{Expression} {(Bound is Bound.AtMost ? "≤" : "≥")} {Limit:0.###}";
}

/// <summary>A threshold and the value that was held against it.</summary>
public sealed record ThresholdResult(Threshold Threshold, double Value)
{
    public bool Passed => Threshold.Holds(Value);

    public override string ToString() => $"{(Passed ? "passed" : "failed")} {Threshold.Name}: {Threshold}, was {Value:0.###}";
}

/// <summary>The thresholds of one run. Each is judged exactly once.</summary>
public sealed class Thresholds
{
    private readonly IReadOnlyList<Threshold> expected;
    private readonly Dictionary<string, ThresholdResult> results = [];

    /// <param name="limits">Other limits by name.</param>
    /// <exception cref="UsageException">A name is not among <paramref name="declared"/>.</exception>
    public Thresholds(IReadOnlyList<Threshold> declared, IReadOnlyDictionary<string, double> limits)
    {
        if (limits.Keys.FirstOrDefault(name => declared.All(threshold => threshold.Name != name)) is { } unknown)
        {
            throw new UsageException(
                $"The scenario has no threshold {unknown}.", $"It has {string.Join(", ", declared.Select(threshold => threshold.Name))}.");
        }

        expected = [.. declared.Select(threshold => threshold with { Limit = limits.GetValueOrDefault(threshold.Name, threshold.Limit) })];
    }

    /// <summary>Holds a value against a threshold.</summary>
    public void Judge(string name, double value) => results.Add(name, new(expected.Single(threshold => threshold.Name == name), value));

    /// <summary>All of them, in the order they were declared in; one that was not judged has no number for a value, and fails.</summary>
    public IReadOnlyList<ThresholdResult> Close() =>
        [.. expected.Select(threshold => results.GetValueOrDefault(threshold.Name) ?? new ThresholdResult(threshold, double.NaN))];
}
