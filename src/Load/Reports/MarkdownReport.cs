using System.Text;

namespace Causeway.Load.Reports;

/// <summary>A report for a pull request or a terminal.</summary>
public static class MarkdownReport
{
    public static string Of(LoadReport report)
    {
        var text = new StringBuilder();
        text.Append($"# Load: {report.Workload} {report.Scenario}: {report.Verdict.ToString().ToLowerInvariant()}\n\n{report.Description}\n");

        foreach (var reason in report.Reasons)
        {
            text.Append($"\n- {reason}");
        }

        text.Append(report.Reasons is [] ? "" : "\n");

        foreach (var table in ReportTable.Of(report))
        {
            text.Append($"\n## {table.Title}\n\n");
            text.Append(table.Note is "" ? "" : $"{table.Note}\n\n");
            text.Append(Line(table.Columns)).Append(Line([.. table.Columns.Select(_ => "---")]));
            table.Rows.ToList().ForEach(row => text.Append(Line(row)));
        }

        return text.ToString();
    }

    private static string Line(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ')))} |\n";
}
