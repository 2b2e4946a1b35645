using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Reports;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway report</c>: the last results of the other verbs, as one page.</summary>
internal static class Report
{
    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Write the page to this folder, in place of artifacts/report.",
        HelpName = "folder",
    };

    private static readonly Option<bool> Strict = new("--strict")
    {
        Description = "Fail unless every source has a result of this commit, and all of them passed.",
    };

    public static Command Verb()
    {
        var command = new Command("report", "Gather the last results of check, plan, test, load and chaos into one page.") { Output, Strict };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Output), parsed.GetValue(Strict), stop));

        return command;
    }

    private static async Task<int> RunAsync(string? output, bool isStrict, CancellationToken stop)
    {
        var repository = Repository.Find();
        var artifacts = repository.PathTo("artifacts");
        var folder = Path.GetFullPath(output ?? Path.Combine(artifacts, "report"));
        var revision = await CheckoutRevision.OfAsync(repository, stop);
        var report = SummaryReport.Collect(SummaryReport.SourcesOf(), artifacts, revision, TimeProvider.System.GetUtcNow());
        Directory.CreateDirectory(folder);
        var page = Path.Combine(folder, "index.html");
        await File.WriteAllTextAsync(page, new SummaryPage(report, folder).ToHtml(), stop);
        report.Lines().ToList().ForEach(Console.WriteLine);
        report.Shortcomings.Select(line => $"not passed: {line}").ToList().ForEach(Console.WriteLine);
        Console.WriteLine($"page: {Path.GetRelativePath(Environment.CurrentDirectory, page)}");

        return isStrict && report.Shortcomings is not [] ? 1 : 0;
    }
}
