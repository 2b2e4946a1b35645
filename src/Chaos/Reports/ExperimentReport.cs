using Causeway.Chaos.Evidence;
using Causeway.Chaos.Experiments;
using Causeway.Load.Measurement;
using Causeway.Load.Verification;

namespace Causeway.Chaos.Reports;

/// <summary>What an experiment came to.</summary>
public enum ExperimentVerdict
{
    Passed,

    /// <summary>Something that was promised does not hold.</summary>
    Failed,

    /// <summary>It was not steady before, so that nothing was broken and nothing is known.</summary>
    Invalid,
}

/// <summary>When what happened, from the first request.</summary>
/// <param name="Begun">When the fault began to be made.</param>
/// <param name="Broken">When it was all there.</param>
/// <param name="Healing">When it began to be healed.</param>
/// <param name="Healed">When it was healed.</param>
public sealed record Moments(TimeSpan Begun, TimeSpan Broken, TimeSpan Healing, TimeSpan Healed);

/// <summary>Everything that is known of one run of an experiment.</summary>
public sealed record ExperimentReport
{
    private const string OfSlowness = "LatencyBudgetBurn";

    public required string Workload { get; init; }

    public required IExperiment Experiment { get; init; }

    public required ChaosOptions Options { get; init; }

    public required DateTimeOffset Started { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Why it was not begun; null: it was.</summary>
    public string? NotSteady { get; init; }

    /// <summary>Why it broke off; null: it did not.</summary>
    public string? BrokeOff { get; init; }

    public Moments? Moments { get; init; }

    /// <summary>Requests that ended while it was broken, and those of them that failed.</summary>
    public (int Ended, int Failed) During { get; init; }

    /// <summary>From the moment it was healed until nothing failed any more; null: that did not come.</summary>
    public TimeSpan? Recovery { get; init; }

    public int Acknowledged { get; init; }

    /// <summary>Packets that the fault stopped; null: it is none that stops packets.</summary>
    public long? StoppedPackets { get; init; }

    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<AlertResult> Alerts { get; init; } = [];

    /// <summary>Every alert that began to fire.</summary>
    public IReadOnlyList<FiredAlert> Fired { get; init; } = [];

    public IReadOnlyList<PanelResult> Panels { get; init; } = [];

    /// <summary>Panels of failures that had something to show, expected or not.</summary>
    public IReadOnlyList<(string Dashboard, string Panel)> Filled { get; init; } = [];

    public LoadResult? Load { get; init; }

    /// <summary>Null: nothing was verified.</summary>
    public VerificationResult? Verification { get; init; }

    /// <summary>Answers by which a process said of itself that it is to be restarted, by pod.</summary>
    public IReadOnlyDictionary<string, int> FailedLiveness { get; init; } = new Dictionary<string, int>();

    // A fault that names no alert fires none that wakes people. A busy machine is slow of its own.
    private string[] Pages => [.. Fired.Where(alert => alert.IsPage && alert.Name is not OfSlowness).Select(alert => alert.Name).Distinct()];

    // Of the experiment's own, where a run is shorter.
    private double Length => Math.Min(1, (Options.Duration ?? Experiment.Duration) / Experiment.Duration);

    /// <summary>What was promised, each with what was found.</summary>
    public IReadOnlyList<Check> Checks => NotSteady is not null || BrokeOff is not null ? [] :
    [
        Check.AtMost("failed share while it was broken", Experiment.Budget.FailedShare, During.Failed / (double)During.Ended),
        Check.AtMost("seconds until it recovered", Experiment.Budget.Recovery.TotalSeconds, Recovery?.TotalSeconds ?? double.NaN),
        Check.AtLeast("requests while it was broken", Math.Ceiling(Length * Experiment.Budget.LeastRequests), During.Ended),
        Check.AtLeast("acknowledged writes", Math.Ceiling(Length * Experiment.Budget.LeastAcknowledged), Acknowledged),
        .. StoppedPackets is { } packets ? [Check.AtLeast("packets that were stopped", 1, packets)] : Array.Empty<Check>(),
        .. Experiment.Limits.Select(limit => Check.AtMost(limit.Key, limit.Value, Figures.GetValueOrDefault(limit.Key, double.NaN))),
        .. Experiment.BreaksProcesses ? [] : new[]
        {
            Check.Is(
                "liveness",
                "no process asks to be restarted",
                FailedLiveness is { Count: 0 } ? "none did" : string.Join(", ", FailedLiveness.Select(pod => $"{pod.Key} did {pod.Value} times")),
                FailedLiveness is { Count: 0 }),
        },
        .. Options.OnlyRequests ? []
            : Experiment.Alerts is []
            ? [Check.Is("pages that fired, latency aside", "none", Pages is [] ? "none" : string.Join(", ", Pages), Pages is [])]
            : Alerts.Select(alert => Check.Is(
                $"alert {alert.Expected}",
                "fires, and Alertmanager has it",
                alert.After is not { } after ? "did not fire"
                    : $"fired after {after.TotalSeconds:0} s{(alert.Received ? "" : ", and Alertmanager did not have it")}",
                alert.Passed)),
        .. (Options.OnlyRequests ? [] : Panels).Select(panel => Check.Is(
            $"panel {panel.Expected.Dashboard}: {panel.Expected.Panel}",
            panel.Expected.Change.ToString().ToLowerInvariant(),
            $"{panel.Before:0.###} before, {panel.During:0.###} then",
            panel.Passed)),
        .. Verification is { History: var history } verified
            ?
            [
                Check.Is("lost", $"0 of {history.Acknowledged} acknowledged", $"{history.Lost}", history is { Lost: 0, Acknowledged: > 0 }),
                Check.Is("duplicate", "0", $"{history.Duplicate}", history.Duplicate is 0),
                Check.Is("unexpected", $"0, with {history.Unknown} unknown", $"{history.Unexpected}", history.Unexpected is 0),
                .. verified.Invariants.Select(invariant => Check.Is(invariant.Name, invariant.Expected, invariant.Found, invariant.Holds)),
            ]
            : new[] { Check.Is("verification", "nothing lost, double or unexpected", "nothing was verified", false) },
    ];

    public ExperimentVerdict Verdict =>
        NotSteady is not null ? ExperimentVerdict.Invalid
        : BrokeOff is null && Checks.All(check => check.Passed) ? ExperimentVerdict.Passed
        : ExperimentVerdict.Failed;

    /// <summary>Why it did not pass, in a line each.</summary>
    public IReadOnlyList<string> Reasons =>
    [
        .. NotSteady is { } before ? [$"invalid: not steady before anything was broken: {before}"] : (string[])[],
        .. BrokeOff is { } why ? [$"broke off: {why}"] : (string[])[],
        .. Checks.Where(check => !check.Passed).Select(check => $"{check.What}: expected {check.Expected}, found {check.Found}"),
        .. Verification is { History.Passed: false } failed ? failed.History.Examples : [],
    ];
}

/// <summary>Something that was promised, and what was found.</summary>
public sealed record Check(string What, string Expected, string Found, bool Passed)
{
    public static Check Is(string what, string expected, string found, bool passed) => new(what, expected, found, passed);

    public static Check AtMost(string what, double limit, double value) => new(what, $"≤ {limit:0.####}", $"{value:0.####}", value <= limit);

    public static Check AtLeast(string what, double limit, double value) => new(what, $"≥ {limit:0.####}", $"{value:0.####}", value >= limit);
}
