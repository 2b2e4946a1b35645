using System.Text.Json.Nodes;
using System.Xml.Linq;
using Causeway.Load;
using Causeway.Load.Measurement;
using Causeway.Load.Models;
using Causeway.Load.Reports;
using Causeway.Load.Verification;

namespace Causeway.Offline.Load;

/// <summary>What reports say, and which verdict a run comes to.</summary>
public sealed class ReportTests
{
    private static readonly VerificationResult Verified = new(new HistoryCheck(100, 100, 0, 0, 0, 2, 1, 3, []), [new("pieces in stock", "900", "900")]);

    private static LoadResult Result(params string[] invalid)
    {
        var latency = new Latencies();
        Enumerable.Range(1, 1000).ToList().ForEach(time => latency.Record(TimeSpan.FromMilliseconds(time)));
        var outcomes = new Dictionary<OutcomeKind, long> { [OutcomeKind.Ok] = 995, [OutcomeKind.Timeout] = 5, [OutcomeKind.Refused] = 7 };

        return new LoadResult(
            "open: 100/s for 10 s, Poisson gaps of seed 42", true, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), 1007, 100.7, 1007, 0, latency,
            [new EndpointResult("GET /things <b>", latency, latency, new Latencies(), outcomes)],
            [new TimelineSecond(0, 100, 0, 99, 1, 0, 10, 20), new TimelineSecond(1, 100, 0, 99, 1, 0, double.NaN, double.NaN)],
            0.125, invalid);
    }

    private static LoadReport Report(LoadResult? result = null) => new()
    {
        Workload = "shop",
        Scenario = "steady",
        Description = "Things at a steady rate.",
        Started = DateTimeOffset.UnixEpoch,
        Took = TimeSpan.FromSeconds(70),
        Revision = "0123abc +changes",
        Configuration = "feedbeef",
        Runtime = "kubernetes",
        Seed = 4242,
        Box = new Box("Processor X", 2, 8000, "6.1.0", ".NET 10", "max 100000", "performance", 0.5),
        Phases = [new Phase("main", result ?? Result())],
        Curve = new Curve([new CurvePoint(10, 10, 1, 2, 0, 0, true), new CurvePoint(20, 12, 5, 90, 8, 0, false)], 10, true),
        Figures = [new Figure("ratio to a bare loop", 0.83, "×", "5 pairs")],
        Services = [new ServiceUse("shop-front", 2, 12.5, 150, 1.1, 30, 0.25, 2048, 0)],
        Thresholds = [new ThresholdResult(Threshold.AtMost("p99", "99th percentile in ms", 1000), 990)],
        Verification = Verified,
    };

    private static LoadReport With(double p99) =>
        Report() with { Thresholds = [new ThresholdResult(Threshold.AtMost("p99", "99th percentile in ms", 1000), p99)] };

    [Fact]
    public void A_run_whose_thresholds_hold_and_that_is_verified_has_passed() => Assert.Equal((RunVerdict.Passed, 0), (Report().Verdict, Report().ExitCode));

    [Fact]
    public void A_threshold_that_does_not_hold_fails_the_run_and_is_named()
    {
        var report = With(1001);

        Assert.Equal((RunVerdict.Failed, 1), (report.Verdict, report.ExitCode));
        Assert.Equal(["threshold failed p99: 99th percentile in ms ≤ 1000, was 1001"], report.Reasons);
    }

    [Fact]
    public void Numbers_of_an_invalid_load_are_not_judged()
    {
        var report = With(1001) with { Phases = [new Phase("main", Result("5 arrivals were dropped"))] };

        Assert.Equal((RunVerdict.Invalid, 3), (report.Verdict, report.ExitCode));
        Assert.Contains("invalid: main: 5 arrivals were dropped", report.Reasons);
    }

    [Fact]
    public void What_was_lost_fails_the_run_however_the_load_was()
    {
        var report = Report(Result("5 arrivals were dropped")) with
        {
            Verification = Verified with { History = Verified.History with { Lost = 1, Found = 99, Examples = ["lost: a"] } },
        };

        Assert.Equal(RunVerdict.Failed, report.Verdict);
        Assert.Contains("verification: lost: a", report.Reasons);
    }

    [Fact]
    public void An_invariant_that_does_not_hold_fails_the_run() =>
        Assert.Equal(
            ["verification: pieces in stock: expected 900, found 899"],
            (Report() with { Verification = Verified with { Invariants = [new("pieces in stock", "900", "899")] } }).Reasons);

    [Fact]
    public void A_run_that_verified_nothing_has_failed()
    {
        Assert.Equal(RunVerdict.Failed, (Report() with { Verification = null }).Verdict);
        Assert.Equal(RunVerdict.Failed, (Report() with { Verification = Verified with { History = HistoryCheck.Of([], []) } }).Verdict);
    }

    [Fact]
    public void Markdown_and_HTML_say_everything_that_a_reader_needs_to_judge_the_numbers()
    {
        string[] needed =
        [
            "0123abc +changes", "feedbeef", "4242", "Processor X", "6.1.0",
            "cgroup cpu.max max 100000", "governor performance", "load average before the run 0.50",
            "open: 100/s for 10 s, Poisson gaps of seed 42", "intended/s", "achieved/s", "dropped", "lateness p99 ms", "generator cores", "0.125", "warm-up s",
            "p50", "p90", "p99", "p99.9", "max", "latency", "service", "time-out", "refused with Retry-After", "Knee: 10/s", "goodput/s", "CPU s", "RSS MiB",
            "collections", "pause s", "allocated MiB", "shop-front", "ratio to a bare loop", "acknowledged writes that are stored", "lost", "duplicate",
            "outcome unknown to the client", "pieces in stock", "99th percentile in ms",
        ];
        var (markdown, html) = (MarkdownReport.Of(Report()), HtmlReport.Of(Report()));

        Assert.All(needed, text => Assert.Contains(text, markdown, StringComparison.Ordinal));
        Assert.All(needed, text => Assert.Contains(text, html, StringComparison.Ordinal));
    }

    [Fact]
    public void HTML_is_well_formed_draws_charts_and_loads_nothing()
    {
        var html = HtmlReport.Of(Report());
        // HTML's own: an element without an end.
        var page = XDocument.Parse(html.Replace("<!doctype html>", "", StringComparison.Ordinal)
            .Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
            .Replace("<meta name=\"viewport\" content=\"width=device-width\">", "", StringComparison.Ordinal));

        Assert.Equal(5, page.Descendants("svg").Count());
        Assert.All(page.Descendants("svg"), chart => Assert.NotEqual("", (string?)chart.Elements("path").First().Attribute("d")));
        Assert.Contains("GET /things &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_has_the_same_for_programs_and_histograms_that_can_be_merged()
    {
        var report = JsonNode.Parse(JsonReport.Of(Report()))!;
        var phase = report["phases"]![0]!;
        var endpoint = phase["endpoints"]![0]!;

        Assert.Equal("passed", (string?)report["verdict"]);
        Assert.Equal((4242, 10), ((int)report["seed"]!, (int)report["curve"]!["knee"]!));
        Assert.Equal(1000, endpoint["latencyHistogram"]!.AsArray().Sum(value => (long)value![1]!));
        Assert.InRange((double)endpoint["latency"]!["p99.9"]!, 998, 1000);
        Assert.Equal(5, (int)endpoint["outcomes"]!["timeout"]!);
        Assert.Null(endpoint["refusal"]!["p50"]);
        Assert.Equal(100, (int)report["verification"]!["history"]!["found"]!);
        Assert.Equal("shop-front", (string?)report["services"]![0]!["service"]);
    }

    [Fact]
    public async Task A_report_is_three_files()
    {
        var folder = Directory.CreateTempSubdirectory("causeway-load-");

        try
        {
            await ReportFiles.WriteAsync(Report(), Path.Combine(folder.FullName, "deep"), TestContext.Current.CancellationToken);

            Assert.Equal(
                ["report.html", "report.json", "report.md"],
                Directory.GetFiles(Path.Combine(folder.FullName, "deep")).Select(file => Path.GetFileName(file)).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
