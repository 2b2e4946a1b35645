namespace Causeway.Harness.Reports;

/// <summary>The last results of one source, as one line of the report.</summary>
/// <param name="now">What the checkout is, as <see cref="CheckoutRevision"/> writes it.</param>
public sealed class SourceReport(IResultSource source, IReadOnlyList<RunResult> results, string now)
{
    public IResultSource Source => source;

    public IReadOnlyList<RunResult> Results => results;

    /// <summary>The worst of its results.</summary>
    public RunVerdict Verdict => results.Select(result => result.Verdict).DefaultIfEmpty(RunVerdict.NotRun).Max();

    /// <summary>That of the result that is furthest from the checkout.</summary>
    public Freshness Freshness => results.Select(FreshnessOf).DefaultIfEmpty(Freshness.Unknown).Max();

    /// <summary>The oldest result; null: there is none.</summary>
    public RunResult? Oldest => results.MinBy(result => result.Ended);

    public RunCounts Counts => results.Aggregate(new RunCounts(0, 0, 0, 0), (sum, result) => sum + result.Counts);

    /// <summary>What keeps the report from being one of a commit whose every source passed; null: nothing.</summary>
    public string? Shortcoming =>
        results is [] ? source.IsRequired ? $"not run; {source.Command}" : null
        : Verdict is not RunVerdict.Passed ? $"{Words(Verdict)}"
        : Freshness is not Freshness.Current ? $"{Words(Freshness)}; {source.Command}"
        : null;

    public Freshness FreshnessOf(RunResult result) => CheckoutRevision.Compare(result.Revision, now);

    public static string Words(RunVerdict verdict) => verdict is RunVerdict.NotRun ? "not run" : verdict.ToString().ToLowerInvariant();

    public static string Words(Freshness freshness) => freshness switch
    {
        Freshness.Current => "this commit",
        Freshness.Changed => "this commit with uncommitted changes",
        Freshness.Unknown => "unknown commit",
        _ => "STALE: another commit",
    };
}
