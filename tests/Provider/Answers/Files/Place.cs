namespace Causeway.Provider.Answers.Files;

/// <summary>Where a configuration may write: below Terraform's working directory and nowhere else, whatever links are there.</summary>
internal static class Place
{
    public static string Full(string path, Surroundings surroundings) => Path.GetFullPath(path, Path.GetFullPath(surroundings.Folder));

    /// <exception cref="RefusalException">The path leads outside.</exception>
    public static string Writable(string path, Surroundings surroundings, string argument)
    {
        var full = Full(path, surroundings);

        return IsBelow(full, Path.GetFullPath(surroundings.Folder)) && IsBelow(Resolve(full), Resolve(Path.GetFullPath(surroundings.Folder)))
            ? full
            : throw new RefusalException(
                $"{argument} leads outside the working directory",
                $"{path} would be written as {full}. A hermetic run writes below {surroundings.Folder} only: name a path below it, such as one that begins with path.root.",
                [argument]);
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Links may be anywhere on the way: the nearest folder that exists decides, the rest does not exist yet.
    private static string Resolve(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var resolved = root;

        foreach (var name in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, name);
            resolved = new FileInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return resolved;
    }
}
