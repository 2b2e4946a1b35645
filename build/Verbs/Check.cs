using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Causeway.Harness;
using Causeway.Harness.Checks;
using Causeway.Harness.Reports;
using Causeway.Harness.Reports.Sources;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway check</c>: the offline gate of a pull request, in one table.</summary>
internal static class Check
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Only what takes a few seconds, for a hook before each commit; what is left out is named.",
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only the gate of this name; several run one after another. What each costs in CPU time is measured.",
    };

    private static readonly Option<bool> Fresh = new("--fresh")
    {
        Description = "Plans and examples that passed before are checked again, though nothing of them has changed.",
    };

    public static Command Verb()
    {
        var command = new Command("check", "Hold every file of the repository against what must be true of it: the offline gate of a pull request.")
        {
            Quick, Only, Fresh,
        };
        command.SetAction((parsed, stop) => RunAsync(
            Wanted(parsed.GetValue(Quick), parsed.GetValue(Only) ?? []), parsed.GetValue(Only) is [_, ..], parsed.GetValue(Fresh), stop));

        return command;
    }

    private static IGate[] Wanted(bool quick, string[] only)
    {
        IGate[] wanted =
        [
            .. only.Select(name => CheckRun.All.FirstOrDefault(gate => gate.Name == name) ?? throw new UsageException(
                $"There is no gate “{name}”.", $"Gates: {string.Join(", ", CheckRun.All.Select(gate => gate.Name))}.")),
        ];

        return wanted is [] ? [.. CheckRun.All.Where(gate => gate.IsQuick || !quick)] : wanted;
    }

    private static async Task<int> RunAsync(IGate[] wanted, bool areMeasured, bool isFresh, CancellationToken stop)
    {
        var repository = Repository.Find();
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        await tools.FetchNpmAsync(stop);
        // Before anything is checked: a commit that is made meanwhile is not what was checked.
        var revision = await CheckoutRevision.OfAsync(repository, stop);

        // Gates run beside each other: Terraform and Helm need one core each.
        Environment.SetEnvironmentVariable("GOMAXPROCS", "1");
        var (elapsed, cpu) = (Stopwatch.StartNew(), CpuTime.Now());
        var reports = await new CheckRun(new CheckContext(repository, tools, isFresh: isFresh), wanted, areMeasured ? 1 : null).RunAsync(Say, stop);
        Console.WriteLine();
        CheckTable.Lines(reports, [.. CheckRun.All.Except(wanted)]).ToList().ForEach(Console.WriteLine);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{elapsed.Elapsed.TotalSeconds:0.0} s, {(CpuTime.Now() - cpu).Total.TotalSeconds:0.0} s of CPU time"));
        CheckTable.Write(reports, repository.PathTo("artifacts", "test-results", "check.xml"));
        CheckResults.Write(repository.PathTo("artifacts"), reports, [.. CheckRun.All.Except(wanted)], revision, TimeProvider.System.GetUtcNow());

        return reports.All(report => report.Failures is []) ? 0 : 1;
    }

    private static void Say(GateReport report) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds,6:0.0} s  {(report.Failures is [] ? "ok" : "failed"),-7} {report.Gate}"));
}
