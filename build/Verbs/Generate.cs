using System.CommandLine;
using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway generate</c>: writes the files that are derived from others. The offline tests fail when one is out of date.</summary>
internal static class Generate
{
    public static Command Verb()
    {
        var command = new Command("generate", "Write the files derived from others: the solution and the chart's schema.");
        command.SetAction(_ => Run(Repository.Find()));

        return command;
    }

    private static int Run(Repository repository)
    {
        foreach (var file in GeneratedFile.All(repository))
        {
            var fresh = file.IsFresh();
            file.Write();
            Console.WriteLine($"{(fresh ? "unchanged" : "written"),-10} {Path.GetRelativePath(repository.Root, file.Path)}");
        }

        return 0;
    }
}
