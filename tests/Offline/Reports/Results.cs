using Causeway.Harness.Checks;
using Causeway.Harness.Reports;
using Causeway.Harness.Reports.Sources;
using Causeway.Load;
using Causeway.Load.Reports;
using Causeway.Load.Verification;

namespace Causeway.Offline.Reports;

/// <summary>A folder of artifacts with results, written by what writes them in earnest where it is here, and gone with the run.</summary>
internal sealed class Results(Workbench workbench, string test)
{
    public const string Commit = "37db8501520581076b59541c8e47f10166f00c2a";

    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public string Folder { get; } = Path.Combine(workbench.Scratch.FullName, "reports", test);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Check(ItemProblem? failure = null, string revision = Commit) => CheckResults.Write(
        Folder,
        [
            new("contracts", 2, ["a", "b"], [], failure is null ? [] : [failure], TimeSpan.FromSeconds(1), []),
            new("shell", 2, ["c"], [new("d", "no shell is here")], [], TimeSpan.FromSeconds(2), ["c"]),
        ],
        [],
        revision,
        Now.AddHours(-3));

    /// <summary>A load report with one threshold of 100 ms.</summary>
    public Task LoadAsync(string scenario, double milliseconds, string revision = Commit) => ReportFiles.WriteAsync(
        new LoadReport
        {
            Workload = "shop",
            Scenario = scenario,
            Description = "",
            Started = Now.AddDays(-2),
            Took = TimeSpan.FromSeconds(30),
            Revision = revision,
            Configuration = "",
            Runtime = "",
            Seed = 1,
            Box = new Box("", 1, 1, "", "", "", "", 0),
            Thresholds = [new(Threshold.AtMost("p99", "p99 latency in ms", 100), milliseconds)],
            Verification = new VerificationResult(new HistoryCheck(100, 100, 0, 0, 0, 0, 0, 0, []), []),
        },
        Path.Combine(Folder, "load", "shop", scenario),
        Stop);

    /// <summary>Copies the reports of two runs: all, which failed, and packet-loss, which has no page beside it.</summary>
    public void Chaos(params string[] runs)
    {
        foreach (var run in runs)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Folder, "chaos", run)).FullName;
            File.Copy(Path.Combine(workbench.Fixtures, "reports", "chaos", run, "report.json"), Path.Combine(folder, "report.json"));
        }
    }

    public void Tests(string suite, string cases, string? filter = null, string? problem = null)
    {
        Write(Path.Combine("test-results", $"{suite}.xml"), $"""
            <testsuites timestamp="2026-03-04T01:00:00" time="60.5"><testsuite name="{suite}">{cases}</testsuite></testsuites>
            """);
        TestResults.Stamp(Path.Combine(Folder, "test-results", $"{suite}.xml"), Commit, filter, problem);
    }

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, file))!);
        File.WriteAllText(Path.Combine(Folder, file), text);
    }

    public SummaryReport Collect(params IResultSource[] sources) =>
        SummaryReport.Collect(sources is [] ? SummaryReport.SourcesOf() : sources, Folder, Commit, Now);

    public SourceReport Of(IResultSource source) => Assert.Single(Collect(source).Sources);
}
