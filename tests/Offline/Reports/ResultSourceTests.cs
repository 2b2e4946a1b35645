using Causeway.Harness.Checks;
using Causeway.Harness.Reports;
using Causeway.Harness.Reports.Sources;
using Causeway.Harness.Terraform.Plans;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Reports;

/// <summary>Each source reads what its verb leaves, and nothing but a complete result that passed counts as one.</summary>
public sealed class ResultSourceTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Sources => [.. SummaryReport.SourcesOf().Select(source => source.Name)];

    [Theory, MemberData(nameof(Sources))]
    public void A_source_without_results_has_not_passed_and_names_its_command(string name)
    {
        var source = Source(name);
        var none = new Results(workbench, $"none-{name}").Of(source);

        Assert.Equal(RunVerdict.NotRun, none.Verdict);
        Assert.Equal(source.IsRequired ? $"not run; {source.Command}" : null, none.Shortcoming);
    }

    [Theory]
    [InlineData("check", "check/result.json")]
    [InlineData("plan", "plan/result.json")]
    [InlineData("load", "load/shop/steady/report.json")]
    [InlineData("load compared", "load/compare/report.json")]
    [InlineData("chaos", "chaos/all/report.json")]
    [InlineData("test", "test-results/one.xml")]
    public void A_result_that_cannot_be_read_is_named_with_its_file(string name, string file)
    {
        string[] broken = ["{ \"verdict\": \"passed\"", "{}", "[]", "", "{ \"verdict\": 7, \"gates\": 1, \"experiments\": {} }"];

        foreach (var (text, at) in broken.Select((text, at) => (text, at)))
        {
            var results = new Results(workbench, $"broken-{name}-{at}");
            results.Write(file, text);

            var read = results.Of(Source(name));

            Assert.Equal(RunVerdict.Unreadable, read.Verdict);
            Assert.Equal("unreadable", read.Shortcoming);
            Assert.EndsWith(file, Assert.Single(Assert.Single(read.Results).Problems).What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_check_is_read_as_it_was_written()
    {
        var results = new Results(workbench, "check");
        results.Check();

        var read = results.Of(new CheckResults());

        Assert.Null(read.Shortcoming);
        Assert.Equal(new RunCounts(4, 3, 1, 0), read.Counts);
        Assert.Equal(Results.Now.AddHours(-3), read.Oldest!.Ended);
        Assert.Equal(["skipped: shell: d: no shell is here"], read.Oldest.Notes);

        results.Check(new("b", "the port is taken"));
        var failed = results.Of(new CheckResults());

        Assert.Equal("failed", failed.Shortcoming);
        Assert.Equal([new RunProblem("contracts: b", "the port is taken")], failed.Oldest!.Problems);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(results.Folder, "check"), "*.new"));
    }

    [Fact]
    public void A_check_of_some_gates_is_incomplete()
    {
        var results = new Results(workbench, "some-gates");
        CheckResults.Write(
            results.Folder,
            [new GateReport("contracts", 1, ["a"], [], [], TimeSpan.Zero, [])],
            [.. CheckRun.All.Where(gate => gate.Name is "shell")],
            Results.Commit,
            Results.Now);

        var read = results.Of(new CheckResults());

        Assert.Equal(RunVerdict.Incomplete, read.Verdict);
        Assert.Equal(["Gates that were left out: shell"], read.Oldest!.Notes);
    }

    [Fact]
    public async Task A_plan_is_read_with_its_digests_and_one_that_failed_with_its_message()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        var request = new PlanRequest();
        var run = new PlanRun(repository, request, new Silent(), _ => { });
        await run.RunAsync(Stop);
        var results = new Results(workbench, "plan");

        PlanResults.Write(results.Folder, request, run.Digests, null, Results.Commit, Results.Now);
        var read = results.Of(new PlanResults());

        Assert.Null(read.Shortcoming);
        Assert.Equal(run.Digests.Select(digest => digest.Head), Assert.Single(read.Oldest!.Tables).Rows.Select(row => row[1]));
        Assert.Contains("terraform_data.network", Assert.Single(read.Oldest.Tables).Rows[0][2], StringComparison.Ordinal);

        PlanResults.Write(results.Folder, request with { Environment = "dev" }, run.Digests, null, Results.Commit, Results.Now);
        Assert.Equal(RunVerdict.Incomplete, results.Of(new PlanResults()).Verdict);

        PlanResults.Write(results.Folder, request, run.Digests, "terraform plan failed", Results.Commit, Results.Now);
        var failed = results.Of(new PlanResults());
        Assert.Equal(RunVerdict.Failed, failed.Verdict);
        Assert.Equal(new RunProblem("every environment", "terraform plan failed"), Assert.Single(failed.Oldest!.Problems));
        Assert.Equal(1, failed.Counts.Failed);
    }

    [Fact]
    public async Task Load_is_as_bad_and_as_old_as_the_worst_of_its_scenarios()
    {
        var results = new Results(workbench, "load");
        await results.LoadAsync("steady", 50);
        Assert.Null(results.Of(new LoadResults()).Shortcoming);

        await results.LoadAsync("spike", 150);
        var failed = results.Of(new LoadResults());

        Assert.Equal(RunVerdict.Failed, failed.Verdict);
        Assert.Equal(new RunCounts(4, 4, 0, 1), failed.Counts);
        Assert.Equal(["shop/spike", "shop/steady"], failed.Results.Select(result => result.Name));
        Assert.Equal(["p99", "p99 latency in ms", "at most 100", "150", "failed"], failed.Results[0].Tables[0].Rows[0]);
        Assert.Contains("p99 latency in ms ≤ 100, was 150", Assert.Single(failed.Results[0].Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_threshold_that_was_not_judged_is_not_counted_as_checked()
    {
        var results = new Results(workbench, "not-judged");
        await results.LoadAsync("steady", double.NaN);

        Assert.Equal(new RunCounts(2, 1, 0, 1), results.Of(new LoadResults()).Counts);
    }

    [Fact]
    public void A_comparison_fails_where_a_value_is_higher_and_is_not_read_as_a_scenario()
    {
        var results = new Results(workbench, "compared");
        results.Write("load/compare/report.json", new Causeway.Load.Comparison.ComparisonReport(
            new string('1', 40), Results.Commit, "shop steady", 1, 0.05, 2,
            [new("p99 latency", new(10, 1.3, 1.2, 1.4), Causeway.Load.Comparison.Difference.Higher)]).ToJson());

        var read = results.Of(new ComparisonResults());

        Assert.Equal(RunVerdict.Failed, read.Verdict);
        Assert.Equal("p99 latency is higher than before", Assert.Single(read.Oldest!.Problems).Message);
        Assert.Empty(new LoadResults().Read(results.Folder));
    }

    [Fact]
    public void Chaos_is_read_with_its_checks_and_coverage()
    {
        var results = new Results(workbench, "chaos");
        results.Chaos("all");

        var read = Assert.Single(results.Of(new ChaosResults()).Results);

        Assert.Equal(RunVerdict.Failed, read.Verdict);
        Assert.Equal(new RunCounts(7, 7, 0, 1), read.Counts);
        Assert.Equal("failed share while it was broken: expected ≤ 0, found 0.0122", Assert.Single(read.Problems).Message);
        Assert.Equal(["orders/replica-killed", "failed", "7", "6", "1225", "15", "0.399"], read.Tables[0].Rows[0]);
        Assert.Contains(read.Tables[2].Rows, row => row[0] is "alerts fired");
    }

    [Fact]
    public void A_run_of_chaos_whose_faults_all_ran_again_is_not_shown()
    {
        var results = new Results(workbench, "chaos-again");
        results.Chaos("all", "packet-loss");
        var again = Directory.CreateDirectory(Path.Combine(results.Folder, "chaos", "again")).FullName;
        File.Copy(Path.Combine(results.Folder, "chaos", "all", "report.json"), Path.Combine(again, "report.json"));
        File.SetLastWriteTimeUtc(Path.Combine(results.Folder, "chaos", "all", "report.json"), Results.Now.UtcDateTime.AddYears(-1));

        Assert.Equal(["again", "packet-loss"], new ChaosResults().Read(results.Folder).Select(result => result.Name).Order());
    }

    [Fact]
    public void Tests_are_read_with_the_commit_that_was_stamped_on_them()
    {
        var results = new Results(workbench, "tests");
        results.Tests("one", """<testcase name="A.Passes" /><testcase name="A.Skips"><skipped>no cluster</skipped></testcase>""");

        var read = results.Of(new TestResults());

        Assert.Null(read.Shortcoming);
        Assert.Equal(new RunCounts(2, 1, 1, 0), read.Counts);
        Assert.Equal(["skipped: A.Skips: no cluster"], read.Oldest!.Notes);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 1, 1, 0, 500, TimeSpan.Zero), read.Oldest.Ended);

        results.Tests("one", """<testcase name="A.Fails"><failure message="expected 1">at A</failure></testcase>""");
        Assert.Equal([new RunProblem("one: A.Fails", "expected 1\nat A")], results.Of(new TestResults()).Oldest!.Problems);

        results.Tests("one", """<testcase name="A.Passes" />""", filter: "*Passes");
        Assert.Equal(RunVerdict.Incomplete, results.Of(new TestResults()).Verdict);

        results.Tests("one", """<testcase name="A.Passes" />""", problem: "ended with exit code 3");
        Assert.Equal(RunVerdict.Failed, results.Of(new TestResults()).Verdict);
    }

    [Fact]
    public void A_suite_that_wrote_no_results_has_failed()
    {
        var results = new Results(workbench, "no-results");
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(results.Folder, "test-results")).FullName, "one.xml");

        TestResults.Stamp(file, Results.Commit, filter: null, "wrote no results");

        var failed = results.Of(new TestResults());
        Assert.Equal(RunVerdict.Failed, failed.Verdict);
        Assert.Equal(new RunProblem("one: the run itself", "wrote no results\n"), Assert.Single(failed.Oldest!.Problems));
    }

    [Fact]
    public void A_suite_that_one_job_skips_and_another_runs_counts_once()
    {
        var results = new Results(workbench, "two-jobs");
        results.Tests("cluster", """<testcase name="A.Runs" />""");
        Directory.Move(Path.Combine(results.Folder, "test-results"), Path.Combine(results.Folder, "test-results-cluster"));
        results.Tests("cluster", """<testcase name="A.Runs"><skipped>no cluster</skipped></testcase>""");

        var read = results.Of(new TestResults());

        Assert.Equal(RunVerdict.Passed, read.Verdict);
        Assert.Single(read.Results);
    }

    [Fact]
    public void A_result_of_another_commit_or_of_changed_files_is_not_current()
    {
        foreach (var (revision, freshness) in new[]
        {
            (Results.Commit, Freshness.Current),
            ($"{Results.Commit} +changes", Freshness.Changed),
            (new string('1', 40), Freshness.Stale),
            ("not in git", Freshness.Unknown),
        })
        {
            var results = new Results(workbench, $"fresh-{freshness}");
            results.Check(revision: revision);

            var read = results.Of(new CheckResults());

            Assert.Equal(freshness, read.Freshness);
            Assert.Equal(RunVerdict.Passed, read.Verdict);
            Assert.Equal(freshness is Freshness.Current, read.Shortcoming is null);
        }

        var changed = $"{Results.Commit} +changes";
        Assert.Equal(Freshness.Changed, CheckoutRevision.Compare(Results.Commit, changed));
        Assert.Equal(Freshness.Changed, CheckoutRevision.Compare(changed, changed));
    }

    private static IResultSource Source(string name) => SummaryReport.SourcesOf().Single(source => source.Name == name);
}
