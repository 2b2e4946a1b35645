namespace Causeway.Load.Reports;

/// <summary>A report's three files: <c>report.html</c>, <c>report.md</c> and <c>report.json</c>.</summary>
public static class ReportFiles
{
    /// <param name="folder">Made where it is missing.</param>
    public static Task WriteAsync(LoadReport report, string folder, CancellationToken stop) =>
        WriteAsync(folder, HtmlReport.Of(report), MarkdownReport.Of(report), JsonReport.Of(report), stop);

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="json">What the page shows, for programs.</param>
    public static Task WriteAsync(ReportPage page, string json, string folder, CancellationToken stop) =>
        WriteAsync(folder, page.ToHtml(), page.ToMarkdown(), json, stop);

    private static async Task WriteAsync(string folder, string html, string markdown, string json, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), html, stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), markdown, stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), json, stop);
    }
}
