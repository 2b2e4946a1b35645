using System.Reflection;

namespace Causeway.Harness.Reports;

/// <summary>What <c>causeway report</c> makes: the last results of every source.</summary>
/// <param name="Revision">What the checkout is, as <see cref="CheckoutRevision"/> writes it.</param>
public sealed record SummaryReport(string Revision, DateTimeOffset Made, IReadOnlyList<SourceReport> Sources)
{
    /// <summary>What keeps it from being complete, current and passed, in a line each.</summary>
    public IReadOnlyList<string> Shortcomings =>
        [.. from source in Sources where source.Shortcoming is not null select $"{source.Source.Name}: {source.Shortcoming}"];

    /// <summary>The sources of an assembly (default: this one), by name.</summary>
    public static IReadOnlyList<IResultSource> SourcesOf(Assembly? assembly = null) =>
        [.. Discovery.InstancesOf<IResultSource>(assembly).OrderBy(source => source.Name, StringComparer.Ordinal)];

    /// <summary>Reads every source.</summary>
    /// <param name="artifacts">The folder that verbs leave their results in.</param>
    /// <param name="revision">What the checkout is.</param>
    public static SummaryReport Collect(IReadOnlyList<IResultSource> sources, string artifacts, string revision, DateTimeOffset now) =>
        new(revision, now, [.. sources.Select(source => new SourceReport(source, source.Read(artifacts), revision))]);

    /// <summary>A line for each source, for a terminal.</summary>
    public IEnumerable<string> Lines()
    {
        var width = Sources.Max(source => source.Source.Name.Length);

        return Sources.Select(source => source.Results is []
            ? $"{source.Source.Name.PadRight(width)}  not run: {source.Source.Command}"
            : $"{source.Source.Name.PadRight(width)}  {SourceReport.Words(source.Verdict)}, {SourceReport.Words(source.Freshness)}, " +
                $"{Age.Words(source.Oldest!.Ended, Made)}: " +
                $"{source.Counts.Expected} expected, {source.Counts.Checked} checked, {source.Counts.Skipped} skipped, {source.Counts.Failed} failed");
    }
}
