namespace Causeway.Harness.Terraform.Plans;

/// <summary>What a configuration from elsewhere is called: by its place, since folders named <c>complete</c> or <c>prod</c> are many.</summary>
/// <param name="Text">For a reader: relative to this repository, or below the name of the git repository it is in, or the folder's own name.</param>
/// <param name="File">For a file: no other folder has the same.</param>
public sealed record RootName(string Text, string File)
{
    /// <summary>The name of a folder, which need not be there.</summary>
    /// <param name="folder">Absolute; a slash at its end does not matter.</param>
    public static RootName Of(Repository repository, string folder)
    {
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        if (GitRoot(place) is not { } git)
        {
            return new(Path.GetFileName(place) is { Length: > 0 } own ? own : place, Flat(place));
        }

        var below = Path.GetRelativePath(git, place);
        var text = git == repository.Root ? below : Path.Join(Path.GetFileName(git), below is "." ? "" : below);

        return new(Path.TrimEndingDirectorySeparator(text), Flat(text));
    }

    private static string Flat(string path) => path.Trim('/').Replace('/', '-') is var flat && flat.Length <= 200 ? flat : flat[^200..];

    // A worktree and a submodule have a file in place of the folder.
    private static string? GitRoot(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return at;
            }
        }

        return null;
    }
}
