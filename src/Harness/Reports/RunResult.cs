namespace Causeway.Harness.Reports;

/// <summary>How a run ended. Ordered: of several, the last counts for all.</summary>
public enum RunVerdict
{
    Passed,

    /// <summary>What ran passed, and a part did not run.</summary>
    Incomplete,

    /// <summary>It could not judge: its numbers say nothing.</summary>
    Invalid,

    /// <summary>Its file cannot be read.</summary>
    Unreadable,
    Failed,

    /// <summary>It left no result.</summary>
    NotRun,
}

/// <summary>How many things were to be checked, and how many were.</summary>
public sealed record RunCounts(int Expected, int Checked, int Skipped, int Failed)
{
    public static RunCounts operator +(RunCounts one, RunCounts other) => one.Plus(other);

    public RunCounts Plus(RunCounts other) =>
        new(Expected + other.Expected, Checked + other.Checked, Skipped + other.Skipped, Failed + other.Failed);
}

/// <summary>Something that failed.</summary>
/// <param name="Message">May have several lines.</param>
public sealed record RunProblem(string What, string Message);

/// <summary>A table of details.</summary>
public sealed record RunTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What one run left behind.</summary>
/// <param name="Name">What ran: <c>shop/steady</c>.</param>
/// <param name="Claimed">The verdict that the run gave itself.</param>
/// <param name="Ended">When it ended, or began where that is all that is known.</param>
/// <param name="Revision">What it ran on, as <see cref="CheckoutRevision"/> writes it; null: it does not say.</param>
public sealed record RunResult(string Name, RunVerdict Claimed, DateTimeOffset Ended, string? Revision, RunCounts Counts)
{
    /// <summary>The detailed report for a browser, an absolute path; null: there is none.</summary>
    public string? Detail { get; init; }

    /// <summary>What a reader should know of the run, in a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<RunProblem> Problems { get; init; } = [];

    public IReadOnlyList<RunTable> Tables { get; init; } = [];

    /// <summary>A run passed only where something was checked, nothing failed and nothing was left out.</summary>
    public RunVerdict Verdict =>
        Claimed is not RunVerdict.Passed ? Claimed
        : Counts.Failed > 0 ? RunVerdict.Failed
        : Counts.Checked is 0 || Counts.Checked + Counts.Skipped < Counts.Expected ? RunVerdict.Incomplete
        : RunVerdict.Passed;
}
