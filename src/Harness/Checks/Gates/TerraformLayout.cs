namespace Causeway.Harness.Checks.Gates;

/// <summary>Terraform's files are laid out as <c>terraform fmt</c> does it.</summary>
internal sealed class TerraformLayout : IGate
{
    public string Name => "layout of Terraform";

    public bool IsQuick => true;

    public bool IsAbout(string file) => file.EndsWith(".tf", StringComparison.Ordinal) || file.EndsWith(".tftest.hcl", StringComparison.Ordinal);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var files = await context.FilesAsync(".tf", ".tftest.hcl");
        tally.Expect(files);
        await context.ExpectToolAsync("terraform", stop);
        var run = await CommandLine.Of("terraform", ["fmt", "-check", "-list=true", "-no-color", .. files]).In(context.Repository.Root).TryRunAsync(stop);
        var listed = run.Output.Split('\n').ToHashSet();

        // 3: some are to be laid out otherwise. Any other failure is about a file that cannot be read.
        if (run.ExitCode is not (0 or 3))
        {
            throw new CommandFailedException("terraform fmt", run);
        }

        files.ToList().ForEach(file => tally.Record(file, listed.Contains(file) ? "`terraform fmt` lays it out otherwise" : null));
    }
}
