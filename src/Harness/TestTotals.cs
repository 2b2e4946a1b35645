namespace Causeway.Harness;

/// <summary>What all suites of a run came to together.</summary>
/// <param name="Passed">Tests.</param>
/// <param name="Failed">Tests, suites whose program broke, and suites in which no test ran.</param>
/// <param name="Skipped">Tests.</param>
/// <param name="Suites">How many suites were expected, checked, left out, skipped and empty.</param>
public sealed record TestTotals(int Passed, int Failed, int Skipped, string Suites)
{
    /// <summary>The last line of a run.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed{(Skipped is 0 ? "" : $", {Skipped} skipped")}";

    /// <summary>
    /// Counts. A suite in which no test ran is a failure of its own, unless it lacks what it needs and skipped all of them; under a filter, only a run in
    /// which no test ran at all is one.
    /// </summary>
    /// <param name="reports">Of the suites that ran.</param>
    /// <param name="broken">How many suites failed as a whole.</param>
    /// <param name="all">How many suites there are.</param>
    /// <param name="withoutNeeds">Suites that lack what they need, so that they may skip all their tests.</param>
    /// <param name="isFiltered">Only some tests were asked for.</param>
    public static TestTotals Of(IReadOnlyList<TestReport> reports, int broken, int all, IReadOnlyList<string> withoutNeeds, bool isFiltered)
    {
        bool RanNothing(TestReport report) => report.Tests.All(test => test.Verdict is TestVerdict.Skipped);
        bool IsSkipped(TestReport report) => report.Tests is not [] && RanNothing(report) && withoutNeeds.Contains(report.Suite);

        var (notRun, empty) = (reports.Count(IsSkipped), reports.Count(report => RanNothing(report) && !IsSkipped(report)));
        var passed = reports.Sum(report => report.Count(TestVerdict.Passed));
        var failed = reports.Sum(report => report.Count(TestVerdict.Failed)) + broken;

        return new(
            passed,
            failed + (!isFiltered ? empty : passed + failed is 0 ? 1 : 0),
            reports.Sum(report => report.Count(TestVerdict.Skipped)),
            $"test suites: {all} expected, {reports.Count - notRun} checked, {all - reports.Count} left out by --suite, {notRun} skipped, {empty} empty");
    }
}
