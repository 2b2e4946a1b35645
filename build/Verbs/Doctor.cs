using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway doctor</c>: wanted, found, and how to get it, for every tool of <c>build/tools.yaml</c>.</summary>
internal static class Doctor
{
    public static Command Verb()
    {
        var command = new Command("doctor", "Compare this machine with build/tools.yaml: wanted, found, how to get it.");
        command.SetAction((_, stop) => RunAsync(stop));

        return command;
    }

    private static async Task<int> RunAsync(CancellationToken stop)
    {
        var repository = Repository.Find();
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        var missing = 0;
        Row("tool", "wanted", "found", "how to get it");

        foreach (var tool in tools.Manifest.Prerequisites)
        {
            var found = await tool.FoundAsync(stop);
            var fits = found >= tool.Version;
            missing += fits ? 0 : 1;
            Row(tool.Name, $">= {tool.Version}", found?.ToString() ?? "none", fits ? "" : tool.Get);
        }

        foreach (var tool in tools.Manifest.Debian)
        {
            var found = await tool.FoundAsync(stop);
            Row(tool.Name, $">= {tool.Version}", found?.ToString() ?? "none", found >= tool.Version ? "" : tool.Get);
        }

        foreach (var tool in tools.Manifest.Npm)
        {
            var fetched = tools.IsFetched(tool);
            Row(tool.Name, tool.Version, fetched ? tool.Version : "none", fetched ? "" : "`./causeway up` or `./causeway test` fetches it");
        }

        Console.WriteLine($"C compiler, for a hermetic provider in native code: {await ProviderProgram.LinkerAsync(stop)
            ?? "none, so tests of Terraform take twice as long; `apt-get install gcc libc6-dev` changes that"}");
        Console.WriteLine("providers of Terraform that a hermetic plan knows: `./causeway plan --providers`");
        Console.WriteLine(missing == 0 ? "everything that you must install yourself is there" : $"{missing} to install by hand");

        return missing == 0 ? 0 : 1;
    }

    private static void Row(string name, string wanted, string found, string get) => Console.WriteLine($"{name,-32} {wanted,-12} {found,-12} {get}".TrimEnd());
}
