using System.Text.Json.Nodes;
using Causeway.Load;
using Causeway.Load.Comparison;
using Causeway.Load.Measurement;
using Causeway.Load.Reports;
using Causeway.Load.Verification;

namespace Causeway.Offline.Load;

/// <summary>What a comparison of two commits reports.</summary>
public sealed class ComparisonReportTests
{
    private static LoadReport Run(double milliseconds, bool isValid = true, int lost = 0)
    {
        var latency = new Latencies();
        Enumerable.Range(0, 100).ToList().ForEach(_ => latency.Record(TimeSpan.FromMilliseconds(milliseconds)));
        var endpoint = new EndpointResult("GET /", latency, latency, new Latencies(), new Dictionary<OutcomeKind, long> { [OutcomeKind.Ok] = 100 });

        return new LoadReport
        {
            Workload = "shop",
            Scenario = "steady",
            Description = "",
            Started = DateTimeOffset.UnixEpoch,
            Took = TimeSpan.Zero,
            Revision = "",
            Configuration = "",
            Runtime = "",
            Seed = 1,
            Box = new Box("", 1, 1, "", "", "", "", 0),
            Phases =
            [
                new Phase("main", new LoadResult(
                    "", true, TimeSpan.Zero, TimeSpan.FromSeconds(1), 100, 100, 100, 0, new Latencies(), [endpoint],
                    [new TimelineSecond(0, 100, 0, 100, 0, 0, 1, 1)], 0, isValid ? [] : ["dropped"])),
            ],
            Services = [new ServiceUse("front", 1, CpuSeconds: 2, 1, 1, 1, 1, AllocatedMiB: 50, 0)],
            Verification = new VerificationResult(new HistoryCheck(100, 100 - lost, lost, 0, 0, 0, 0, 0, []), []),
        };
    }

    private static ComparisonReport Compare(params IEnumerable<(LoadReport, LoadReport)> pairs) =>
        ComparisonReport.Of("aaaa", "bbbb +changes", "shop steady", seed: 3, tolerance: 0.05, [.. pairs]);

    [Fact]
    public void A_commit_that_made_it_slower_ends_with_1_and_the_value_is_named()
    {
        var report = Compare(Enumerable.Range(0, 10).Select(pair => (Run(100 + pair), Run((100 + pair) * 1.3))));

        Assert.Equal(1, report.ExitCode);
        Assert.Equal(
            [Difference.Higher, Difference.Higher, Difference.Same, Difference.Same], report.Lines.Select(line => line.Difference));
        Assert.Matches(@"\| median latency \| 1\.30\d \| 1\.\d+ to 1\.\d+ \| 10 \| higher: the whole interval is above 1\.05 \|", report.ToMarkdown());
        Assert.Contains(ComparisonReport.Limits, report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Equal("higher", (string?)JsonNode.Parse(report.ToJson())!["values"]![0]!["verdict"]);
    }

    [Fact]
    public void A_commit_that_made_it_faster_ends_with_0()
    {
        var report = Compare(Enumerable.Range(0, 10).Select(_ => (Run(100), Run(70))));

        Assert.Equal((0, Difference.Lower), (report.ExitCode, report.Lines[0].Difference));
    }

    [Fact]
    public void Pairs_with_an_invalid_run_or_a_lost_write_are_left_out()
    {
        var good = Enumerable.Range(0, 10).Select(_ => (Run(100), Run(100))).ToArray();

        var report = Compare([.. good, (Run(100), Run(900, isValid: false)), (Run(100, lost: 1), Run(900))]);

        Assert.Equal((0, 2, 10), (report.ExitCode, report.Excluded, report.Lines[0].Ratios.Pairs));
        Assert.Equal(1, report.Lines[0].Ratios.Ratio);
    }

    [Fact]
    public void With_too_few_valid_pairs_there_is_no_verdict()
    {
        var report = Compare(Enumerable.Range(0, 10).Select(pair => (Run(100), Run(200, isValid: pair > 0))));

        Assert.Equal((3, 1), (report.ExitCode, report.Excluded));
        Assert.Empty(report.Lines);
        Assert.Contains("Invalid: fewer than 10 pairs were valid.", report.ToMarkdown(), StringComparison.Ordinal);
    }
}
