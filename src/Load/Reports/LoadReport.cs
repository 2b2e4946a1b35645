using Causeway.Load.Measurement;
using Causeway.Load.Models;
using Causeway.Load.Verification;

namespace Causeway.Load.Reports;

/// <summary>What a run came to.</summary>
public enum RunVerdict
{
    Passed,

    /// <summary>A threshold does not hold, or the verification failed.</summary>
    Failed,

    /// <summary>The load was not what it was meant to be, so that its numbers say nothing.</summary>
    Invalid,
}

/// <summary>One part of a run with a load of its own.</summary>
public sealed record Phase(string Name, LoadResult Result);

/// <summary>A ratio of two values of the same run, or another value that is not a threshold.</summary>
/// <param name="Note">What it was made of, or why it is as it is.</param>
public sealed record Figure(string Name, double Value, string Unit, string Note);

/// <summary>Everything that is known of one run of a scenario: what the reports show.</summary>
public sealed record LoadReport
{
    public required string Workload { get; init; }

    public required string Scenario { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>The commit, with <c>+changes</c> where files differ from it.</summary>
    public required string Revision { get; init; }

    /// <summary>Digest of what the pods were made of: tells runs of the same platform from those of different ones.</summary>
    public required string Configuration { get; init; }

    public required string Runtime { get; init; }

    public required int Seed { get; init; }

    public required Box Box { get; init; }

    public IReadOnlyList<Phase> Phases { get; init; } = [];

    public Curve? Curve { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public IReadOnlyList<ServiceUse> Services { get; init; } = [];

    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>Null: the run ended before it, and has failed.</summary>
    public VerificationResult? Verification { get; init; }

    /// <summary>Why the result is invalid, phase by phase.</summary>
    public IReadOnlyList<string> Invalid => [.. Phases.SelectMany(phase => phase.Result.Invalid.Select(reason => $"{phase.Name}: {reason}"))];

    /// <summary>What was lost stays lost however the load was; but thresholds are judged under the load that was meant only.</summary>
    public RunVerdict Verdict =>
        Verification is not { Passed: true } ? RunVerdict.Failed
        : Invalid is not [] ? RunVerdict.Invalid
        : Thresholds.All(threshold => threshold.Passed) ? RunVerdict.Passed
        : RunVerdict.Failed;

    /// <summary>The exit code of a run: 0 passed, 1 failed, 3 invalid. (2 is a wrong command line.)</summary>
    public int ExitCode => Verdict switch
    {
        RunVerdict.Passed => 0,
        RunVerdict.Failed => 1,
        _ => 3,
    };

    /// <summary>Why it did not pass, in a line each.</summary>
    public IReadOnlyList<string> Reasons =>
    [
        .. Verification switch
        {
            null => (string[])["nothing was verified"],
            { History.Acknowledged: 0 } => ["verification: nothing was acknowledged, so nothing was shown"],
            { History.Passed: false } failed => failed.History.Examples.Select(example => $"verification: {example}"),
            _ => [],
        },
        .. (Verification?.Invariants ?? []).Where(invariant => !invariant.Holds)
            .Select(invariant => $"verification: {invariant.Name}: expected {invariant.Expected}, found {invariant.Found}"),
        .. Invalid.Select(reason => $"invalid: {reason}"),
        .. Thresholds.Where(threshold => !threshold.Passed).Select(threshold => $"threshold {threshold}"),
    ];
}
