namespace Causeway.Harness.Reports;

/// <summary>How a result's commit relates to that of the checkout. Ordered: of several, the last counts for all.</summary>
public enum Freshness
{
    /// <summary>Of this commit.</summary>
    Current,

    /// <summary>Of this commit, and files differed from it then or do now.</summary>
    Changed,

    /// <summary>The result does not name its commit, or there is none.</summary>
    Unknown,

    /// <summary>Of another commit.</summary>
    Stale,
}

/// <summary>What a result was made of: the commit, with <c>+changes</c> where files differ from it.</summary>
public static class CheckoutRevision
{
    private const string Changes = " +changes";

    /// <summary>That of a checkout; <c>not in git</c> where it is none.</summary>
    public static async Task<string> OfAsync(Repository repository, CancellationToken stop)
    {
        CommandLine Git(params string[] arguments) => CommandLine.Of("git", arguments).In(repository.Root);
        var commit = await Git("rev-parse", "HEAD").TryRunAsync(stop);
        var changed = await Git("status", "--porcelain").TryRunAsync(stop);

        return commit.ExitCode is 0 ? $"{commit.Output.Trim()}{(changed.Output.Trim() is "" ? "" : Changes)}" : "not in git";
    }

    /// <param name="made">What a result says; null: nothing.</param>
    /// <param name="now">What the checkout is.</param>
    public static Freshness Compare(string? made, string now) =>
        made is null || !IsCommit(made) || !IsCommit(now) ? Freshness.Unknown
        : Commit(made) != Commit(now) ? Freshness.Stale
        : made != now || made.EndsWith(Changes, StringComparison.Ordinal) ? Freshness.Changed
        : Freshness.Current;

    /// <summary>For a table: the first digits of the commit.</summary>
    public static string Shorten(string? revision) =>
        revision is null ? "unknown" : IsCommit(revision) ? $"{Commit(revision)[..10]}{revision[Commit(revision).Length..]}" : revision;

    private static bool IsCommit(string revision) => Commit(revision) is { Length: >= 40 } commit && commit.All(char.IsAsciiHexDigitLower);

    private static string Commit(string revision) => revision.Split(' ')[0];
}
