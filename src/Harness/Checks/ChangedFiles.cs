namespace Causeway.Harness.Checks;

/// <summary>What a branch changes, committed or not.</summary>
internal static class ChangedFiles
{
    private static readonly string[] Mains = ["origin/main", "main"];

    /// <summary>Relative to the repository; none where there is nothing to compare with.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Repository repository, CancellationToken stop)
    {
        if (await MainAsync(repository, stop) is not { } main)
        {
            return [];
        }

        var ancestor = await GitAsync(repository, stop, "merge-base", "HEAD", main) ?? [];
        var changed = await GitAsync(repository, stop, ["diff", "--name-only", .. ancestor]) ?? [];
        var added = await GitAsync(repository, stop, "ls-files", "--others", "--exclude-standard") ?? [];

        return [.. changed.Concat(added).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The main branch, as this clone knows it; null where it knows none that this branch left.</summary>
    public static async Task<string?> MainAsync(Repository repository, CancellationToken stop)
    {
        foreach (var main in Mains)
        {
            if (await GitAsync(repository, stop, "merge-base", "HEAD", main) is [_])
            {
                return main;
            }
        }

        return null;
    }

    private static async Task<string[]?> GitAsync(Repository repository, CancellationToken stop, params string[] arguments)
    {
        var said = await CommandLine.Of("git", arguments).In(repository.Root).TryRunAsync(stop);

        return said.ExitCode == 0 ? said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
    }
}
