using Causeway.Harness.Argo.Diffs;

namespace Causeway.Offline.Argo;

/// <summary>A comment of a pull request has a greatest length: what is cut is named, and what comes and goes is never cut before details.</summary>
public sealed class DiffReportTests
{
    [Fact]
    public void Details_are_cut_from_the_longest_and_each_application_stays_named()
    {
        var cluster = Cluster([.. Enumerable.Range(0, 40).Select(index => Application($"staging/app-{index}", index is 7 ? 5000 : 40))]);

        var markdown = Report(cluster).Markdown();

        Assert.InRange(markdown.Length, 1, DiffReport.Longest);
        Assert.All(cluster.Applications, one => Assert.Contains($"**{one.Name}**", markdown, StringComparison.Ordinal));
        Assert.Contains("5001 lines are left out for length: `./causeway diff` shows them.", markdown, StringComparison.Ordinal);
        Assert.Equal(39, markdown.Split("```diff").Length - 1);
    }

    [Fact]
    public void Even_names_without_number_stay_below_the_limit_and_are_counted()
    {
        var cluster = Cluster([.. Enumerable.Range(0, 3000).Select(index => Application($"staging/application-{index}", 1))]);

        var markdown = Report(cluster, [.. Enumerable.Range(0, 3000).Select(index => $"staging/application-{index} would vanish")]).Markdown();

        Assert.InRange(markdown.Length, 1, DiffReport.Longest);
        Assert.Contains("### staging: 0 removed, 0 added, 3000 changed, 0 the same", markdown, StringComparison.Ordinal);
        Assert.Contains("- and 2950 more: `./causeway diff` shows them", markdown, StringComparison.Ordinal);
        Assert.Contains("The names of the applications are left out for length", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_does_not_end_the_block_that_it_stands_in()
    {
        var one = new ApplicationDiff(DiffKind.Changed, "staging/web", "ApplicationSet web", ["spec.note: \"a\" → \"````\""], [], "");

        Assert.Contains("  `````diff\n  ", Report(Cluster([one])).Markdown(), StringComparison.Ordinal);
    }

    private static DiffReport Report(ClusterDiff cluster, IReadOnlyList<string>? problems = null) =>
        new("Argo CD, against 0123456789ab", [cluster], ["a remark"], problems ?? []);

    private static ClusterDiff Cluster(IReadOnlyList<ApplicationDiff> applications) => new("staging", applications, 0, []);

    private static ApplicationDiff Application(string name, int lines) => new(
        DiffKind.Changed,
        name,
        "ApplicationSet web",
        [],
        [new(DiffKind.Changed, "Deployment.apps web/web", [.. Enumerable.Range(0, lines).Select(index => $"spec.field{index}: 1 → 2")])],
        "");
}
