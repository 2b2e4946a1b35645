namespace Causeway.Offline.Terraform.Modules;

/// <summary>
/// Every argument of every folder misspelt at once: an error that names the misspelt name at its line leaves no doubt. An earlier stage of Terraform hides
/// what a later one would find, so what was found is spelt right again and the rest looked at, until nothing more is found.
/// </summary>
public sealed class MisspeltTogether(Workbench workbench) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private ILookup<string, Mutation>? caught;

    /// <summary>The mutations of a folder whose misspelt name Terraform refuses by name, at its line.</summary>
    internal async Task<IReadOnlySet<Mutation>> CaughtAsync(string folder, CancellationToken stop)
    {
        await one.WaitAsync(stop);

        try
        {
            caught ??= (await FindAsync(stop)).ToLookup(mutation => mutation.Folder);
        }
        finally
        {
            one.Release();
        }

        return caught[folder].ToHashSet();
    }

    public void Dispose() => one.Dispose();

    // A module without a source hides what its folder would be asked for, and of calls with a wrong argument Terraform tells one at a time: with nothing
    // but calls and variables to read, that is quick. Only `init` reads a backend.
    private async Task<IReadOnlyList<Mutation>> FindAsync(CancellationToken stop)
    {
        var folders = Mutation.Folders(workbench.Checkout);
        var all = folders.SelectMany(folder => Mutation.In(workbench.Checkout, folder)).Where(mutation => !mutation.IsBackend).ToArray();
        await using var calls = await MutantRoot.CreateAsync(
            workbench, folders, stop, "resource", "data", "ephemeral", "output", "provider", "terraform", "moved");
        await using var whole = await MutantRoot.CreateAsync(workbench, folders, stop);

        return
        [
            .. await FindSourcesAsync(calls, [.. all.Where(mutation => mutation.IsSource)], stop),
            .. await FindAsync(calls, [.. all.Where(mutation => mutation is { IsCall: true, IsSource: false })], stop),
            .. await FindAsync(whole, [.. all.Where(mutation => mutation is { IsCall: false, IsProvider: false })], stop),
            .. await FindAsync(whole, [.. all.Where(mutation => mutation.IsProvider)], stop),
        ];
    }

    // The error tells what is missing from a call, and not what is there in its place: it stands where the block begins.
    private async Task<IReadOnlyList<Mutation>> FindSourcesAsync(MutantRoot calls, IReadOnlyCollection<Mutation> sources, CancellationToken stop)
    {
        await calls.WriteAsync(sources, stop);
        var errors = await calls.ErrorsAsync(stop);

        return
        [
            .. sources.Where(source => errors.Any(error => error.Line == LineOfCall(source)
                && Path.GetFileName(error.File) == source.File
                && MutantRoot.IsIn(source.Folder, error)
                && error.Detail.Contains("\"source\" is required", StringComparison.Ordinal))),
        ];
    }

    private int LineOfCall(Mutation source) =>
        Array.FindLastIndex(
            File.ReadAllLines(workbench.Checkout.PathTo(source.Folder, source.File)),
            source.Argument.Line - 1,
            line => line.StartsWith("module \"", StringComparison.Ordinal)) + 1;

    private static async Task<IReadOnlySet<Mutation>> FindAsync(MutantRoot root, HashSet<Mutation> left, CancellationToken stop)
    {
        HashSet<Mutation> found = [];

        while (left.Count > 0)
        {
            await root.WriteAsync(left, stop);
            var errors = await root.ErrorsAsync(stop);
            Mutation[] round = [.. left.Where(mutation => errors.Any(error => error.Line == mutation.Argument.Line
                && Path.GetFileName(error.File) == mutation.File
                && MutantRoot.IsIn(mutation.Folder, error)
                && error.Detail.Contains($"\"{mutation.Argument.Misspelt}\"", StringComparison.Ordinal)))];
            found.UnionWith(round);
            left.ExceptWith(round);

            // Errors that name nothing misspelt would hide what is wrong in other folders: theirs are left for one at a time.
            if (round is [] && left.RemoveWhere(mutation => errors.Any(error => MutantRoot.IsIn(mutation.Folder, error))) is 0)
            {
                break;
            }
        }

        return found;
    }
}
