using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway render</c>: the manifests that Helm makes of every release, and what the policies say of them.</summary>
internal static class Render
{
    private static readonly Argument<string?> Environment = new("environment")
    {
        Description = "An environment of terraform/envs; without it, all.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Folder = new("--folder")
    {
        Description = "Judge the manifests that lie in a folder, in place of an environment's.",
        HelpName = "folder",
    };

    public static Command Verb()
    {
        var command = new Command("render", "Render every release with Helm, without a cluster, and hold the manifests against the policies.")
        {
            Environment, Folder,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Environment), parsed.GetValue(Folder), stop));

        return command;
    }

    private static async Task<int> RunAsync(string? environment, string? folder, CancellationToken stop)
    {
        if (environment is not null && folder is not null)
        {
            throw new UsageException("An environment and --folder do not go together.", "Name one of the two.");
        }

        var repository = Repository.Find();
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        var run = new RenderRun(repository, new HelmTool(tools), Console.WriteLine);

        if (folder is not null)
        {
            run.OfFolder(Path.TrimEndingDirectorySeparator(folder));

            return 0;
        }

        await tools.FetchNpmAsync(stop);
        await run.OfEnvironmentsAsync(environment, stop);

        return 0;
    }
}
