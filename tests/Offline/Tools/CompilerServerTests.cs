using Causeway.Harness;
using Causeway.Harness.Tools;
using Causeway.Offline.Terraform;

namespace Causeway.Offline.Tools;

public sealed class CompilerServerTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_serves_the_build_and_ends_with_it()
    {
        var folder = Scratch.Folder(workbench, [
            ("One.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""),
            ("One.cs", "class One;"),
        ]);
        string name;

        await using (var compiler = new CompilerServer(workbench.Checkout))
        {
            name = compiler.Options[^1].Split('=')[1];
            await CommandLine.Of("dotnet", ["build", "--verbosity", "quiet", "--nologo", .. compiler.Options])
                .In(folder)
                .With("MSBUILDDISABLENODEREUSE", "1")
                .RunAsync(Stop);

            Assert.NotEmpty(Servers());
        }

        Assert.Empty(Servers());

        IEnumerable<string> Servers() =>
            Directory.EnumerateDirectories("/proc").Select(CommandOf).Where(command => command.Contains(name, StringComparison.Ordinal));
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
