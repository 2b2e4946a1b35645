namespace Causeway.Provider.ComputedValues.Files;

/// <summary>Where a configuration may write: below Terraform's working directory and nowhere else, whatever links are there.</summary>
internal static class Place
{
    public static string Full(string path, ProviderContext context) => Path.GetFullPath(path, Path.GetFullPath(context.Folder));

    /// <exception cref="RefusalException">The path leads outside.</exception>
    public static string Writable(string path, ProviderContext context, string argument)
    {
        var full = Full(path, context);

        return IsBelow(full, Path.GetFullPath(context.Folder)) && IsBelow(Resolve(full), Resolve(Path.GetFullPath(context.Folder)))
            ? full
            : throw new RefusalException(
                $"{argument} leads outside the working directory",
                $"{path} would be written as {full}. A hermetic run writes below {context.Folder} only: " +
                "name a path below it, such as one that begins with path.root.",
                [argument]);
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Links may be anywhere on the way, and lead over further ones; what does not exist yet is none.
    private static string Resolve(string path, int links = 0)
    {
        var root = Path.GetPathRoot(path)!;
        var resolved = root;

        foreach (var name in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new FileInfo(Path.Combine(resolved, name));
            resolved = next.LinkTarget is null ? next.FullName
                : links < 40 ? Resolve(next.ResolveLinkTarget(returnFinalTarget: false)!.FullName, links + 1)
                : throw new RefusalException("Too many symbolic links", $"{path} leads from link to link.");
        }

        return resolved;
    }
}
