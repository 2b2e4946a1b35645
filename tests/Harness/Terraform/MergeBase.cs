using Causeway.Harness.Local;

namespace Causeway.Harness.Terraform;

/// <summary>The commit at which this tree and another branch parted, as files.</summary>
/// <param name="Commit">Its full hash.</param>
public sealed record MergeBase(string Commit)
{
    /// <summary>The merge base of <paramref name="reference"/> and HEAD.</summary>
    /// <exception cref="PlatformException">There is none, or it is not in this clone; the remedy says how to get it.</exception>
    public static async Task<MergeBase> FindAsync(string repository, string reference, CancellationToken stop)
    {
        async Task<string?> Git(params string[] arguments) => await CommandLine.Of("git", arguments).In(repository).TryRunAsync(stop) is { ExitCode: 0 } said ? said.Output.Trim() : null;

        var shallow = await Git("rev-parse", "--is-shallow-repository") == "true";

        if (await Git("rev-parse", "--verify", "--quiet", $"{reference}^{{commit}}") is not { } commit)
        {
            throw reference.StartsWith("HEAD", StringComparison.Ordinal) && !shallow
                ? new PlatformException($"{reference} does not exist: the history here is shorter.", "This is the first commit, or nearly: there is nothing to compare with. Run `./causeway plan` without --against, which shows everything as new.")
                : shallow
                    ? new PlatformException($"{reference} is not in this clone, which is shallow.", $"Fetch the history: `git fetch --unshallow`, then `git fetch origin {reference}` if it is a branch.")
                    : new PlatformException($"{reference} names no commit.", $"Fetch it (`git fetch origin`) and name it as git does, for example origin/main. `git branch --all` shows what there is.");
        }

        return await Git("merge-base", commit, "HEAD") is { Length: > 0 } found
            ? new MergeBase(found)
            : throw new PlatformException(
                $"{reference} and HEAD have no commit in common{(shallow ? " in this clone, which is shallow" : "")}.",
                shallow ? "Fetch the history: `git fetch --unshallow`." : "Their histories are unrelated: name the branch that this one was started from.");
    }

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
