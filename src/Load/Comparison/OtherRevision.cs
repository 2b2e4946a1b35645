using Causeway.Harness;

namespace Causeway.Load.Comparison;

/// <summary>Another commit of the repository, checked out beside it for as long as it is needed.</summary>
public sealed class OtherRevision : IAsyncDisposable
{
    private readonly Repository repository;

    private OtherRevision(Repository repository, string commit, Repository checkout)
    {
        this.repository = repository;
        Commit = commit;
        Checkout = checkout;
    }

    public string Commit { get; }

    public Repository Checkout { get; }

    /// <summary>Checks it out below <c>.causeway</c>; tools that were fetched are used by both.</summary>
    /// <exception cref="UsageException">There is no such commit.</exception>
    public static async Task<OtherRevision> CheckOutAsync(Repository repository, string reference, CancellationToken stop)
    {
        CommandLine Git(params string[] arguments) => CommandLine.Of("git", arguments).In(repository.Root);
        var resolved = await Git("rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}").TryRunAsync(stop);

        if (resolved.ExitCode is not 0)
        {
            throw new UsageException($"{reference} is not a commit of this repository.", "Name a branch, a tag or a commit that `git log` shows.");
        }

        var commit = resolved.Output.Trim();
        var folder = Path.Combine(repository.Cache, "compare", commit[..12]);
        var other = new OtherRevision(repository, commit, new Repository(folder));
        // A run that was killed may have left it.
        await other.RemoveAsync(stop);
        await Git("worktree", "add", "--detach", "--quiet", folder, commit).RunAsync(stop);
        var tools = Path.Combine(repository.Cache, "tools");

        if (Directory.Exists(tools))
        {
            Directory.CreateDirectory(other.Checkout.Cache);
            Directory.CreateSymbolicLink(Path.Combine(other.Checkout.Cache, "tools"), tools);
        }

        return other;
    }

    public async ValueTask DisposeAsync() => await RemoveAsync(CancellationToken.None);

    private async Task RemoveAsync(CancellationToken stop)
    {
        var tools = Path.Combine(Checkout.Cache, "tools");

        // The link alone: what it leads to stays.
        if (new FileInfo(tools).LinkTarget is not null)
        {
            File.Delete(tools);
        }

        await CommandLine.Of("git", "worktree", "remove", "--force", Checkout.Root).In(repository.Root).TryRunAsync(stop);
        await CommandLine.Of("git", "worktree", "prune").In(repository.Root).TryRunAsync(stop);

        if (Directory.Exists(Checkout.Root))
        {
            Directory.Delete(Checkout.Root, recursive: true);
        }
    }
}
