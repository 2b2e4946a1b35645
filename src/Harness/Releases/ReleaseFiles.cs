using Causeway.Harness.Contract;

namespace Causeway.Harness.Releases;

/// <summary>The release files of the environments: finds them, reads them as they are or were at a commit, and changes their pins together.</summary>
public sealed class ReleaseFiles(Repository repository)
{
    /// <summary>Path of a release relative to the repository.</summary>
    public static string PathOf(string environment, string workload) => $"terraform/envs/{environment}/releases/{workload}.yaml";

    /// <summary>Expects an environment whose releases have pins.</summary>
    /// <exception cref="UsageException">There is no such environment, or it runs what was just built.</exception>
    public void ExpectPinned(string environment)
    {
        if (!repository.Environments().Contains(environment))
        {
            throw new UsageException(
                $"There is no environment {environment}.",
                $"Environments: {string.Join(", ", repository.Environments())}. A new one is a folder terraform/envs/<name>: docs/add-an-environment.md.");
        }

        if ((string?)Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]?["kind"] is "local")
        {
            throw new UsageException(
                $"{environment} is of kind local: it runs the images that `./causeway up` has just built, and its releases have no pins.",
                "Name an environment of a cloud.");
        }
    }

    /// <summary>A release as it lies in the working tree.</summary>
    public ReleaseText Read(string environment, string workload) =>
        new(PathOf(environment, workload), File.ReadAllText(repository.PathTo(PathOf(environment, workload))));

    /// <summary>A release as it was at a commit; null where it was not there.</summary>
    /// <exception cref="PlatformException">The reference names no commit of this clone.</exception>
    public async Task<ReleaseText?> ReadAtAsync(string reference, string environment, string workload, CancellationToken stop)
    {
        var file = PathOf(environment, workload);
        var shown = await GitAsync(stop, "show", "--end-of-options", $"{await CommitAsync(reference, stop)}:./{file}");

        return shown.ExitCode is 0 ? new ReleaseText($"{reference}:{file}", shown.Output) : null;
    }

    /// <summary>The releases that an environment had at a commit.</summary>
    /// <exception cref="PlatformException">The reference names no commit of this clone.</exception>
    public async Task<IReadOnlyList<string>> NamesAtAsync(string reference, string environment, CancellationToken stop)
    {
        var listed = await GitAsync(
            stop, "ls-tree", "--name-only", await CommitAsync(reference, stop), $"terraform/envs/{environment}/releases/");

        return
        [
            .. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file)),
        ];
    }

    /// <summary>Writes the pins of several releases, all of them or none, after each was held against the schema.</summary>
    /// <param name="changes">Those that change nothing are left out.</param>
    /// <returns>What changed.</returns>
    /// <exception cref="PlatformException">A release would violate the schema.</exception>
    public IReadOnlyList<PinChange> Write(string environment, IReadOnlyList<(string Workload, Pins Pins)> changes)
    {
        var schema = DocumentSchema.Load(repository.Root, "release");
        var (made, contents) = (new List<PinChange>(), new Dictionary<string, string>());

        foreach (var (workload, pins) in changes)
        {
            var release = Read(environment, workload);

            if (pins.Matches(release.Pins))
            {
                continue;
            }

            var (file, text) = (PathOf(environment, workload), release.With(pins));
            var problems = schema.Problems(Yaml.Load(text, file)[0]);

            if (problems is not [])
            {
                throw new PlatformException(
                    $"{file} would not be a release any more; no file is changed.", "Correct what the lines above name.", string.Join('\n', problems));
            }

            contents[repository.PathTo(file)] = text;
            made.Add(new PinChange($"{environment}/{workload}", release.Pins, pins));
        }

        FileChanges.Write(contents);

        return made;
    }

    private async Task<string> CommitAsync(string reference, CancellationToken stop)
    {
        var found = await GitAsync(stop, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}");

        return found.ExitCode is 0
            ? found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]
            : throw new PlatformException(
                $"{reference} names no commit of this clone.", "`git log` shows what there is; a shallow clone gets the rest by `git fetch --unshallow`.");
    }

    private Task<CommandResult> GitAsync(CancellationToken stop, params string[] arguments) =>
        CommandLine.Of("git", arguments).In(repository.Root).TryRunAsync(stop);
}
