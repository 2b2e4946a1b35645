namespace Causeway.Harness.Terraform.Copies;

/// <summary>The commit at which this tree and another branch parted, as files.</summary>
/// <param name="Commit">Its full hash.</param>
public sealed record MergeBase(string Commit)
{
    /// <summary>The merge base of <paramref name="reference"/> and HEAD.</summary>
    /// <exception cref="PlatformException">There is none, or it is not in this clone; the remedy says how to get it.</exception>
    public static async Task<MergeBase> FindAsync(string repository, string reference, CancellationToken stop)
    {
        async Task<string?> Git(params string[] arguments) =>
            await CommandLine.Of("git", arguments).In(repository).TryRunAsync(stop) is { ExitCode: 0 } said ? said.Output.Trim() : null;

        var shallow = await Git("rev-parse", "--is-shallow-repository") == "true";

        if (await Git("rev-parse", "--verify", "--quiet", $"{reference}^{{commit}}") is not { } commit)
        {
            var remotes = (await Git("remote"))?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

            throw IsOfHead(reference) && !shallow
                ? new PlatformException(
                    $"{reference} does not exist: the history here is shorter.",
                    "This is the first commit, or nearly: there is nothing to compare with. " +
                    "`./causeway plan` without --against, and `./causeway render`, show everything as new.")
                : new PlatformException(
                    $"{reference} {(shallow ? "is not in this clone, which is shallow" : "names no commit")}.",
                    $"Fetch it: {string.Join(", then ", Fetches(reference, remotes, shallow).Select(command => $"`{command}`"))}. " +
                    "`git branch --all` shows what there is.");
        }

        return await Git("merge-base", commit, "HEAD") is { Length: > 0 } found
            ? new MergeBase(found)
            : throw new PlatformException(
                $"{reference} and HEAD have no commit in common{(shallow ? " in this clone, which is shallow" : "")}.",
                shallow ? "Fetch the history: `git fetch --unshallow`." : "Their histories are unrelated: name the branch that this one was started from.");
    }

    private static bool IsOfHead(string reference) =>
        reference is "HEAD" or "@" || reference.StartsWith("HEAD~", StringComparison.Ordinal) || reference.StartsWith("HEAD^", StringComparison.Ordinal);

    // A clone of one branch fetches no other by itself: what is named has to be written to the place where it is then looked for.
    private static IEnumerable<string> Fetches(string reference, string[] remotes, bool shallow)
    {
        var remote = remotes.FirstOrDefault(name => reference.StartsWith(name + '/', StringComparison.Ordinal));
        var origin = remote ?? (remotes.Contains("origin") ? "origin" : remotes.FirstOrDefault() ?? "origin");
        var name = reference.Split('~', '^', '@')[0];

        string[] history = shallow ? [$"git fetch --unshallow {origin}"] : [];

        return IsOfHead(reference)
            ? history
            : [.. history, (remote, IsHash(name)) switch
            {
                (not null, _) => $"git fetch {remote} {name[(remote.Length + 1)..]}:refs/remotes/{name}",
                (_, true) => $"git fetch {origin} {name}",
                _ when name.StartsWith("refs/", StringComparison.Ordinal) => $"git fetch {origin} {name}:{name}",
                _ when name.StartsWith('v') && name.Skip(1).All(letter => char.IsAsciiDigit(letter) || letter is '.') => $"git fetch {origin} tag {name}",
                _ => $"git fetch {origin} {name}:{name}",
            }];
    }

    private static bool IsHash(string name) => name.Length is 40 or 64 && name.All(char.IsAsciiHexDigit);

    /// <summary>Writes the commit's files below a folder.</summary>
    public async Task ExtractAsync(string repository, string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var packed = folder.TrimEnd('/') + ".tar";
        await CommandLine.Of("git", "archive", "--format=tar", $"--output={packed}", Commit).In(repository).RunAsync(stop);
        await System.Formats.Tar.TarFile.ExtractToDirectoryAsync(packed, folder, overwriteFiles: true, stop);
        File.Delete(packed);
    }
}
