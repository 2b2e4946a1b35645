namespace Causeway.Harness.Checks.Gates;

/// <summary>Shell scripts are without the mistakes that shellcheck knows.</summary>
internal sealed class ShellScripts : IGate
{
    public string Name => "shell";

    public bool IsQuick => true;

    public bool IsAbout(string file) => Path.GetExtension(file) is ".sh" or "";

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        string[] scripts = [.. (await context.FilesAsync()).Where(file => IsAbout(file) && IsScript(context.Repository.PathTo(file)))];
        tally.Expect(scripts);
        await context.ExpectToolAsync("shellcheck", stop);

        foreach (var script in scripts)
        {
            var run = await CommandLine.Of("shellcheck", "--format=gcc", script).In(context.Repository.Root).TryRunAsync(stop);
            tally.Record(script, run.ExitCode == 0 ? null : run.Tail());
        }
    }

    private static bool IsScript(string path) =>
        File.ReadLines(path).FirstOrDefault() is { } first && first.StartsWith("#!", StringComparison.Ordinal)
        && (first.EndsWith("sh", StringComparison.Ordinal) || first.Contains("sh ", StringComparison.Ordinal));
}
