using Causeway.Harness.Tools;

namespace Causeway.Harness.Checks.Gates;

/// <summary>Every project compiles without a warning, from the packages that are locked.</summary>
internal sealed class Build : IGate
{
    private const string Solution = "Causeway.slnx";

    public string Name => "build";

    public bool IsQuick => false;

    public bool IsAbout(string file) =>
        Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".slnx" || file.EndsWith("packages.lock.json", StringComparison.Ordinal);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var projects = GeneratedFile.Projects(context.Repository);
        tally.Expect(projects);
        await using var compiler = new CompilerServer(context.Repository);
        var run = await CommandLine
            .Of("dotnet", ["build", Solution, "--verbosity", "quiet", "--nologo", "-p:RestoreLockedMode=true", .. compiler.Options])
            .In(context.Repository.Root)
            .With("MSBUILDDISABLENODEREUSE", "1")
            .TryRunAsync(stop);
        string[] lines = [.. run.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()];

        foreach (var project in projects)
        {
            string[] errors = [.. lines.Where(line => line.Contains($"{project}]", StringComparison.Ordinal))];
            tally.Record(project, errors is [] ? null : string.Join('\n', errors));
        }

        if (run.ExitCode != 0 && !lines.Any(line => projects.Any(project => line.Contains($"{project}]", StringComparison.Ordinal))))
        {
            throw new CommandFailedException($"dotnet build {Solution}", run);
        }
    }
}
