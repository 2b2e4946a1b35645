using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Argo.Diffs;
using Causeway.Harness.Helm;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway diff</c>: which applications of Argo CD's, and which of their objects, a change makes, alters or ends.</summary>
internal static class Diff
{
    private static readonly Argument<string> Reference = new("ref") { Description = "A git reference: what this tree changes after the merge base with it." };

    private static readonly Option<string?> Markdown = new("--markdown")
    {
        Description = "Write it for a pull request's comment: to this file, or in place of the lines where none is named.",
        HelpName = "file",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Verb()
    {
        var command = new Command("diff", "Show what a change does in the clusters that Argo CD syncs, without a cluster.") { Reference, Markdown };
        command.SetAction((parsed, stop) => RunAsync(parsed, stop));

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var repository = Repository.Find();
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        await tools.FetchNpmAsync(stop);
        var found = await new DiffRun(repository, new HelmTool(tools), TimeProvider.System).AgainstAsync(parsed.GetValue(Reference)!, stop);
        var (asked, file) = (parsed.GetResult(Markdown) is not null, parsed.GetValue(Markdown));

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, found.Report.Markdown(), stop);
        }

        if (asked && file is null)
        {
            Console.Write(found.Report.Markdown());
        }
        else
        {
            found.Report.Lines().ToList().ForEach(Console.WriteLine);
        }

        found.ExpectAllowed();

        return 0;
    }
}
