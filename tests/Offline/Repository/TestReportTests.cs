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

    private TestReport Load(string suite, string text)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.xml");
        File.WriteAllText(file, text);

        return TestReport.Load(suite, file);
    }
}
