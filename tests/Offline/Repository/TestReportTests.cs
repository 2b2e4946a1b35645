using Causeway.Harness;

namespace Causeway.Offline.Repository;

/// <summary>What `./causeway test` reads from the results of a suite.</summary>
public sealed class TestReportTests(Workbench workbench)
{
    private const string Results = """
        <testsuites><testsuite>
          <testcase name="A.Quick" time="0.010" />
          <testcase name="A.Slow" time="12.5"><system-out>hello
        charts: 3 expected, 3 checked, 0 skipped</system-out></testcase>
          <testcase name="A.Wrong" time="1.25"><failure message="no">first
        second
        third</failure></testcase>
          <testcase name="A.Broken" time="0"><error message="no" /></testcase>
          <testcase name="A.Left" time="0"><skipped message="why" /></testcase>
        </testsuite></testsuites>
        """;

    [Fact]
    public void Results_are_counted_by_their_outcome()
    {
        var report = Load("One", Results);

        Assert.Equal(
            (2, 2, 1),
            (report.Count(TestVerdict.Passed), report.Count(TestVerdict.Failed), report.Count(TestVerdict.Skipped)));
        Assert.Equal(["charts: 3 expected, 3 checked, 0 skipped"], report.Gates);
    }

    [Fact]
    public void The_slowest_tests_of_all_suites_come_first_with_their_suite()
    {
        var other = Load("Two", """<testsuites><testcase name="B.Middle" time="3" /></testsuites>""");

        Assert.Equal(
            ["    12.5 s  One              A.Slow", "     3.0 s  Two              B.Middle", "     1.3 s  One              A.Wrong"],
            TestReport.Slowest([Load("One", Results), other], 3));
    }

    [Fact]
    public void A_failed_test_says_at_the_end_what_is_wrong_with_it()
    {
        Assert.Equal(
            ["  One              A.Wrong", "    no", "    first", "    … 2 more lines above", "  One              A.Broken", "    no"],
            TestReport.Failures([Load("One", Results)], 2));
    }

    [Fact]
    public void A_skipped_test_says_why_with_its_suite()
    {
        var other = Load("Two", """<testsuites><testcase name="B.Silent"><skipped /></testcase><testcase name="B.Done" /></testsuites>""");
        var told = Load("Three", """<testsuites><testcase name="C.Told"><skipped>no cluster is given</skipped></testcase></testsuites>""");

        Assert.Equal(
            ["  One              A.Left: why", "  Two              B.Silent: no reason is given", "  Three            C.Told: no cluster is given"],
            TestReport.Skips([Load("One", Results), other, told]));
    }

    /// <summary>A suite that skips as a whole is named as skipped where it lacks what it needs, and is a failure everywhere else.</summary>
    [Theory]
    [InlineData(true, false, 0, "1 checked, 0 left out by --suite, 1 skipped, 0 empty")]
    [InlineData(false, false, 1, "2 checked, 0 left out by --suite, 0 skipped, 1 empty")]
    [InlineData(false, true, 0, "2 checked, 0 left out by --suite, 0 skipped, 1 empty")]
    public void A_suite_that_skips_as_a_whole_needs_a_reason(bool lacksNeeds, bool isFiltered, int failed, string suites)
    {
        var ran = Load("One", """<testsuites><testcase name="A.Done" /></testsuites>""");
        var skipped = Load("Two", """<testsuites><testcase name="B.Left"><skipped>no cluster is given</skipped></testcase></testsuites>""");
        var totals = TestTotals.Of([ran, skipped], 0, 2, lacksNeeds ? ["Two"] : [], isFiltered);

        Assert.Equal($"1 passed, {failed} failed, 1 skipped", totals.ToString());
        Assert.Equal($"test suites: 2 expected, {suites}", totals.Suites);
    }

    [Fact]
    public void A_suite_without_results_fails_though_it_lacks_what_it_needs() =>
        Assert.Equal("0 passed, 1 failed", TestTotals.Of([TestReport.Empty("One")], 0, 3, ["One"], false).ToString());

    /// <summary>A test of a suite that lacks what it needs may run all the same, and may fail.</summary>
    [Fact]
    public void A_suite_that_lacks_what_it_needs_and_ran_is_counted_as_checked()
    {
        var totals = TestTotals.Of([Load("One", Results)], 1, 3, ["One"], false);

        Assert.Equal("2 passed, 3 failed, 1 skipped", totals.ToString());
        Assert.Equal("test suites: 3 expected, 1 checked, 2 left out by --suite, 0 skipped, 0 empty", totals.Suites);
    }

    [Fact]
    public void A_filter_that_no_test_matches_is_a_failure() =>
        Assert.Equal("0 passed, 1 failed", TestTotals.Of([TestReport.Empty("One")], 0, 1, [], true).ToString());

    private TestReport Load(string suite, string text)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.xml");
        File.WriteAllText(file, text);

        return TestReport.Load(suite, file);
    }
}
