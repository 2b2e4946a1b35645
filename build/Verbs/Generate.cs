using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Terraform.Schemas;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway generate</c>: writes the files that are derived from others. The offline tests fail when one is out of date.</summary>
internal static class Generate
{
    public static Command Verb()
    {
        var command = new Command(
            "generate",
            "Write the files derived from others: the solution, the chart's schema, the schemas of Terraform providers, the reference of each module.");
        command.SetAction((_, stop) => RunAsync(Repository.Find(), stop));

        return command;
    }

    private static async Task<int> RunAsync(Repository repository, CancellationToken stop)
    {
        var files = await GeneratedFile.AllAsync(repository, new ToolBox(repository, ToolManifest.Load(repository)), stop);

        foreach (var file in files)
        {
            var fresh = file.IsFresh();
            file.Write();
            Console.WriteLine($"{(fresh ? "unchanged" : "written"),-10} {Path.GetRelativePath(repository.Root, file.Path)}");
        }

        foreach (var unexpected in CommittedSchemas.Unexpected(repository, files))
        {
            File.Delete(unexpected);
            Console.WriteLine($"{"removed",-10} {Path.GetRelativePath(repository.Root, unexpected)}");
        }

        return 0;
    }
}
