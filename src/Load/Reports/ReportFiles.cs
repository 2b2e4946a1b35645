namespace Causeway.Load.Reports;

/// <summary>A report's three files.</summary>
public static class ReportFiles
{
    /// <summary>Writes <c>report.html</c>, <c>report.md</c> and <c>report.json</c>.</summary>
    /// <param name="folder">Made where it is missing.</param>
    public static async Task WriteAsync(LoadReport report, string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), HtmlReport.Of(report), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), MarkdownReport.Of(report), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonReport.Of(report), stop);
    }
}
