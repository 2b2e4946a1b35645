using Causeway.Harness.Tools;

namespace Causeway.Harness.Checks.Gates;

/// <summary>C# is laid out as <c>.editorconfig</c> says: <see cref="CSharpFormat"/>.</summary>
internal sealed class CSharpLayout : IGate
{
    public string Name => "layout of C#";

    public bool IsQuick => true;

    public bool IsAbout(string file) => file.EndsWith(".cs", StringComparison.Ordinal) || file is ".editorconfig";

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var files = await context.FilesAsync(".cs");
        tally.Expect(files);
        var run = await CSharpFormat.Verification(context.Repository, files).TryRunAsync(stop);
        var lines = $"{run.Output}\n{run.Error}".Split('\n');

        foreach (var file in files)
        {
            string[] said = [.. lines.Where(line => line.Contains($"/{file}(", StringComparison.Ordinal)).Select(line => line[line.IndexOf('(')..])];
            tally.Record(file, said is [] ? null : $"{string.Join('\n', said)}\n`dotnet format whitespace` corrects it");
        }

        if (run.ExitCode != 0 && !lines.Any(line => line.Contains("error WHITESPACE", StringComparison.Ordinal)))
        {
            throw new CommandFailedException("dotnet format whitespace", run);
        }
    }
}
