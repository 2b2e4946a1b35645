using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Load.Reports;

namespace Causeway.Load.Comparison;

/// <summary>A value of a run that is compared; more is worse.</summary>
public sealed record ComparedValue(string Name, Func<LoadReport, double> Of)
{
    /// <summary>What every comparison looks at.</summary>
    public static IReadOnlyList<ComparedValue> All { get; } =
    [
        new("median latency", report => report.Phases[0].Result.Latency.Percentile(50)),
        new("p99 latency", report => report.Phases[0].Result.Latency.Percentile(99)),
        new("CPU of the services per request", report =>
            report.Services.Sum(use => use.CpuSeconds) / report.Phases.Sum(phase => phase.Result.Timeline.Sum(second => second.Ok))),
        new("allocated memory of the services per request", report =>
            report.Services.Sum(use => use.AllocatedMiB) / report.Phases.Sum(phase => phase.Result.Timeline.Sum(second => second.Ok))),
    ];
}

/// <summary>One value, compared.</summary>
public sealed record ComparisonLine(string Name, PairedRatios Ratios, Difference Difference);

/// <summary>Two revisions measured in turns.</summary>
/// <param name="Excluded">Pairs that were left out since a run of theirs was invalid or lost something.</param>
/// <param name="Lines">Empty: there were too few pairs.</param>
public sealed record ComparisonReport(
    string Before, string After, string Scenario, int Seed, double Tolerance, int Excluded, IReadOnlyList<ComparisonLine> Lines)
{
    /// <summary>What a comparison of this kind cannot say.</summary>
    public const string Limits =
        "Both platforms run on this machine at the same time, one of them idle, and share it with whatever else runs: a difference below the tolerance, " +
        "or one that shows only under another load, is not seen. A verdict is given only where the whole interval is beyond a limit; of 20 values that " +
        "did not change one may have an interval without 1.";

    /// <summary>0: nothing is higher. 1: something is. 3: too few pairs were valid.</summary>
    public int ExitCode => Lines is [] ? 3 : Lines.Any(line => line.Difference is Difference.Higher) ? 1 : 0;

    /// <summary>Compares what was measured.</summary>
    /// <param name="pairs">Reports of the same load, before and after.</param>
    public static ComparisonReport Of(
        string before, string after, string scenario, int seed, double tolerance, IReadOnlyList<(LoadReport Before, LoadReport After)> pairs)
    {
        static bool Says(LoadReport report) => report is { Verification.Passed: true, Invalid: [] };
        var valid = pairs.Where(pair => Says(pair.Before) && Says(pair.After)).ToArray();

        return new ComparisonReport(
            before,
            after,
            scenario,
            seed,
            tolerance,
            pairs.Count - valid.Length,
            valid.Length < PairedRatios.FewestPairs
                ? []
                : [
                    .. ComparedValue.All
                        .Select(value => (value.Name, Ratios: PairedRatios.Of([.. valid.Select(pair => (value.Of(pair.Before), value.Of(pair.After)))], seed)))
                        .Select(line => new ComparisonLine(line.Name, line.Ratios, line.Ratios.Verdict(tolerance))),
                ]);
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder($"# Load compared: {Scenario}\n\nbefore: {Before}\nafter: {After}\nseed: {Seed}; left out: {Excluded} pairs\n\n");

        if (Lines is [])
        {
            return text.Append($"Invalid: fewer than {PairedRatios.FewestPairs} pairs were valid.\n").ToString();
        }

        text.Append("| value | after / before | 95 % interval | pairs | verdict |\n| --- | --- | --- | --- | --- |\n");

        foreach (var line in Lines)
        {
            var verdict = line.Difference switch
            {
                Difference.Higher => $"higher: the whole interval is above {1 + Tolerance:0.00}",
                Difference.Lower => $"lower: the whole interval is below {1 / (1 + Tolerance):0.00}",
                Difference.Same => "the same, within the tolerance",
                _ => "undecided",
            };
            var (pairs, ratio, low, high) = line.Ratios;
            text.Append($"| {line.Name} | {ratio:0.000} | {low:0.000} to {high:0.000} | {pairs} | {verdict} |\n");
        }

        return text.Append($"\n{Limits}\n").ToString();
    }

    public string ToJson() => new JsonObject
    {
        ["before"] = Before,
        ["after"] = After,
        ["scenario"] = Scenario,
        ["seed"] = Seed,
        ["tolerance"] = Tolerance,
        ["excluded"] = Excluded,
        ["values"] = new JsonArray([
            .. Lines.Select(line => new JsonObject
            {
                ["name"] = line.Name,
                ["ratio"] = line.Ratios.Ratio,
                ["low"] = line.Ratios.Low,
                ["high"] = line.Ratios.High,
                ["pairs"] = line.Ratios.Pairs,
                ["verdict"] = line.Difference.ToString().ToLowerInvariant(),
            }),
        ]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
