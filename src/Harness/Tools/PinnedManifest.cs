using System.Text.Json.Nodes;

namespace Causeway.Harness.Tools;

/// <summary>
/// Fetches the manifest of a program that runs in a cluster from the program's repository, by commit. git computes the hash of all that it receives, so a
/// manifest that is not the one of the pinned commit cannot come through.
/// </summary>
/// <param name="folder">Where it is fetched to; removed afterwards.</param>
public sealed class PinnedManifest(ClusterManifest pin, string folder)
{
    /// <summary>The objects of the manifest, in order.</summary>
    /// <exception cref="PlatformException">The repository cannot be reached or has no such commit, its tag of the version is another commit, or the manifest
    /// is not of that version.</exception>
    public async Task<IReadOnlyList<JsonObject>> FetchAsync(CancellationToken stop)
    {
        var clone = Path.Combine(folder, $"{pin.Name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(clone);

        try
        {
            await GitAsync(clone, ["init", "--quiet", "--bare"], stop);
            await GitAsync(clone, ["remote", "add", "origin", pin.Repository], stop);
            await ExpectTagAsync(clone, stop);
            await GitAsync(clone, ["fetch", "--quiet", "--depth", "1", "--no-tags", "--filter=blob:none", "origin", pin.Commit], stop);
            var text = await GitAsync(clone, ["show", $"{pin.Commit}:{pin.Path}"], stop);
            JsonObject[] objects = [.. Yaml.Load(text, $"{pin.Repository}, {pin.Commit}, {pin.Path}").Select(document => document.AsObject())];
            ExpectVersion(text);

            return objects;
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }

    // The version is what people read, the commit what is fetched: they have to be the same.
    private async Task ExpectTagAsync(string clone, CancellationToken stop)
    {
        var tag = $"refs/tags/{pin.Version}";
        var listed = (await GitAsync(clone, ["ls-remote", "origin", tag, $"{tag}^{{}}"], stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // Of a tag with a message, the second line is the commit.
        if (listed.LastOrDefault()?.Split('\t')[0] is var commit && commit != pin.Commit)
        {
            throw new PlatformException(
                $"{pin.Repository} has {(commit is null ? $"no tag {pin.Version}" : $"the tag {pin.Version} at commit {commit}")}, " +
                $"and build/tools.yaml pins {pin.Version} at {pin.Commit}.",
                "Correct version and commit in build/tools.yaml. If neither was changed there, the tag was moved: find out why before you trust it.");
        }
    }

    private void ExpectVersion(string text)
    {
        if (!text.Contains($"/{pin.Image}:{pin.Version}", StringComparison.Ordinal))
        {
            throw new PlatformException(
                $"{pin.Path} of {pin.Repository} at {pin.Commit} names no image {pin.Image}:{pin.Version}.",
                "Correct version, path and image in build/tools.yaml.");
        }
    }

    private async Task<string> GitAsync(string clone, string[] arguments, CancellationToken stop)
    {
        var run = await CommandLine.Of("git", arguments).In(clone).With("GIT_TERMINAL_PROMPT", "0").TryRunAsync(stop);

        return run.ExitCode is 0
            ? run.Output
            : throw new PlatformException(
                $"{pin.Name} {pin.Version} could not be fetched: `git {arguments[0]}` failed.",
                $"This machine has to reach {pin.Repository}, which has to have commit {pin.Commit} (build/tools.yaml).",
                run.Tail());
    }
}
