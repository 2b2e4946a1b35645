namespace Causeway.Harness.Checks.Gates;

/// <summary>
/// What is derived from the repository's other files is as they say. (The schemas of providers: the offline tests, which read their packages.)
/// </summary>
internal sealed class GeneratedFiles : IGate
{
    public string Name => "generated files";

    public bool IsQuick => true;

    public bool IsAbout(string file) =>
        file.StartsWith("schemas/", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal)
        || file.StartsWith("terraform/modules/", StringComparison.Ordinal) || file.StartsWith("argocd/", StringComparison.Ordinal);

    public Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        foreach (var file in GeneratedFile.All(context.Repository))
        {
            var name = Path.GetRelativePath(context.Repository.Root, file.Path);
            tally.Expect(name);
            tally.Record(name, file.IsFresh() ? null : "out of date: run `./causeway generate`");
        }

        return Task.CompletedTask;
    }
}
