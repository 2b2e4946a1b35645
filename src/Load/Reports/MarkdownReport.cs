namespace Causeway.Load.Reports;

/// <summary>A report for a pull request or a terminal.</summary>
public static class MarkdownReport
{
    public static string Of(LoadReport report) => new ReportPage(
        $"Load: {report.Workload} {report.Scenario}",
        report.Verdict.ToString().ToLowerInvariant(),
        report.Description,
        report.Reasons,
        [],
        ReportTable.Of(report)).ToMarkdown();
}
