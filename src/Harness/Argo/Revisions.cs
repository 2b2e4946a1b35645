using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;

namespace Causeway.Harness.Argo;

/// <summary>
/// The repository that Argo CD follows, as folders. A branch is the tree that is looked at, since that is what the branch becomes with a merge. A commit or a
/// version's tag is read from the clone; where the clone lacks it, the tree stands in for it, and that is said.
/// </summary>
/// <param name="tree">The tree that is looked at.</param>
/// <param name="clone">A clone with the history.</param>
/// <param name="own">The repository's address.</param>
/// <param name="folder">Where commits are unpacked.</param>
public sealed partial class Revisions(string tree, string clone, string own, string folder) : ISources
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> commits = [];
    private readonly ConcurrentDictionary<(string Revision, string Place), bool> missing = [];

    /// <summary>What was read from the tree because the clone lacks it: revision and who asked for it, in order.</summary>
    public IReadOnlyList<(string Revision, string Place)> Missing =>
        [.. missing.Keys.OrderBy(one => one.Place, StringComparer.Ordinal).ThenBy(one => one.Revision)];

    /// <summary>Whether an address is this repository's.</summary>
    public bool IsOwn(string repository) => Comparable(repository) == Comparable(own);

    public async Task<string> FolderAsync(string repository, string revision, string place, CancellationToken stop)
    {
        if (!IsOwn(repository))
        {
            throw new InvalidDataException($"{place}: {repository} is not this repository ({own}), and no other can be read offline.");
        }

        if (!Exact().IsMatch(revision))
        {
            return tree;
        }

        if (await commits.GetOrAdd(revision, one => new(() => UnpackAsync(one, stop))).Value is { } unpacked)
        {
            return unpacked;
        }

        missing[(revision, place)] = true;

        return tree;
    }

    private async Task<string?> UnpackAsync(string revision, CancellationToken stop)
    {
        var known = await CommandLine.Of("git", "rev-parse", "--verify", "--quiet", $"{revision}^{{commit}}").In(clone).TryRunAsync(stop);

        if (known.ExitCode is not 0)
        {
            return null;
        }

        // A commit never changes: what is whole stays for the next run.
        var commit = known.Output.Trim();
        var unpacked = Path.Combine(folder, commit);

        if (!Directory.Exists(unpacked))
        {
            var unfinished = Path.Combine(folder, $"unfinished-{Guid.NewGuid():N}");
            await new MergeBase(commit).ExtractAsync(clone, unfinished, stop);

            try
            {
                Directory.Move(unfinished, unpacked);
            }
            catch (IOException) when (Directory.Exists(unpacked))
            {
                Directory.Delete(unfinished, recursive: true); // another run was faster
            }
        }

        CacheEviction.Use(unpacked);
        CacheEviction.ForgetOthers(unpacked);

        return unpacked;
    }

    // As Argo CD compares addresses: the ending .git, a slash at the end and the case of letters say nothing.
    private static string Comparable(string repository) => Ending().Replace(repository.Trim(), "").ToLowerInvariant();

    [GeneratedRegex("^([0-9a-f]{40}|v?[0-9]+[.][0-9]+[.][0-9]+([-+][0-9A-Za-z.+-]+)?)$")]
    private static partial Regex Exact();

    [GeneratedRegex(@"(/|\.git)+$")]
    private static partial Regex Ending();
}
