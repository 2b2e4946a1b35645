using System.CommandLine;
using System.Globalization;
using Causeway.Harness;
using Causeway.Harness.Checks;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway check</c>: the offline gate of a pull request, in one table.</summary>
internal static class Check
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Only what takes a few seconds, for a hook before each commit; what is left out is named.",
    };

    public static Command Verb()
    {
        var command = new Command("check", "Hold every file of the repository against what must be true of it: the offline gate of a pull request.") { Quick };
        command.SetAction((parsed, stop) => RunAsync(Repository.Find(), parsed.GetValue(Quick), stop));

        return command;
    }

    private static async Task<int> RunAsync(Repository repository, bool quick, CancellationToken stop)
    {
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        await tools.FetchNpmAsync(stop);

        // Gates run beside each other: Terraform and Helm need one core each.
        Environment.SetEnvironmentVariable("GOMAXPROCS", "1");
        IGate[] wanted = [.. CheckRun.All.Where(gate => gate.IsQuick || !quick)];
        var reports = await new CheckRun(new CheckContext(repository, tools), wanted).RunAsync(Say, stop);
        Console.WriteLine();
        CheckTable.Lines(reports, [.. CheckRun.All.Except(wanted)]).ToList().ForEach(Console.WriteLine);
        CheckTable.Write(reports, repository.PathTo("artifacts", "test-results", "check.xml"));

        return reports.All(report => report.Failures is []) ? 0 : 1;
    }

    private static void Say(GateReport report) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds,6:0.0} s  {(report.Failures is [] ? "ok" : "failed"),-7} {report.Gate}"));
}
