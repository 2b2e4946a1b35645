namespace Causeway.Harness.Releases;

/// <summary>What was pushed.</summary>
/// <param name="Reference">Registry and name, without a tag.</param>
/// <param name="Sources">Folder of its sources, relative to the repository.</param>
public sealed record PublishedImage(string Reference, string Digest, string Sources);

/// <summary>
/// Builds the image of a component for the machines of an environment, and pushes it to that environment's registry. The same Containerfile as on this
/// machine, on the base that <c>images/bases.yaml</c> names for where a registry is within reach.
/// </summary>
public sealed class ImagePublisher(Repository repository, Action<string> print)
{
    /// <param name="digests">Folder that gets a file <c>&lt;workload&gt;/&lt;component&gt;</c> with the digest: what <see cref="Pinning"/> reads.</param>
    /// <param name="archive">Write the image to this OCI archive, in place of the registry.</param>
    /// <param name="baseImage">Another base than the one of a registry.</param>
    /// <exception cref="UsageException">There is no such environment or image.</exception>
    /// <exception cref="CommandFailedException">It could not be built or pushed.</exception>
    public async Task<PublishedImage> PublishAsync(
        string environment, string name, string digests, CancellationToken stop, string? archive = null, string? baseImage = null)
    {
        new ReleaseFiles(repository).ExpectPinned(environment);
        var images = BuiltImage.Of(repository, environment);
        var image = images.SingleOrDefault(one => one.Name == name) ?? throw new UsageException(
            $"{environment} runs no image {name} that is built here.", $"Its images: {string.Join(", ", images.Select(one => one.Name))}.");
        var facts = Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!;
        var architecture = (string?)facts["cluster"]?["instances"]?["architecture"] ?? throw new UsageException(
            $"{environment} has no machines.", "Name an environment whose env.yaml has cluster.instances.architecture.");
        var (runtime, platform) = architecture is "arm64" ? ("linux-arm64", "linux/arm64") : ("linux-x64", "linux/amd64");
        var revision = (await Run("git", "rev-parse", "HEAD").RunAsync(stop)).Output.Trim();
        var (reference, tag) = ($"{facts["registry"]}/{name}", $"v-{revision[..12]}");
        var published = repository.PathTo("artifacts", "images", name);
        var digest = Path.Combine(digests, image.Workload, image.Component);

        if (Directory.Exists(published))
        {
            Directory.Delete(published, recursive: true);
        }

        print($"publishing {Path.GetRelativePath(repository.Root, image.Project.File)} for {runtime}");
        await Run("dotnet", "publish", image.Project.File, "--configuration", "Release", "--runtime", runtime, "--output", published, "--verbosity", "quiet")
            .RunAsync(stop);
        print($"building {reference}:{tag} for {platform}");

        // The time of the commit in place of now: the same commit makes the same image, so a second run pushes what is there already.
        var time = (await Run("git", "log", "--max-count=1", "--format=%ct").RunAsync(stop)).Output.Trim();
        await Run(
            "buildah", "build", "--quiet", "--platform", platform, "--timestamp", time, "--file", image.Project.Containerfile(repository),
            "--build-arg", $"BASE={baseImage ?? Base()}", "--build-arg", $"PROGRAM={ProgramIn(published)}", "--tag", $"{reference}:{tag}", published)
            .RunAsync(stop);
        Directory.CreateDirectory(Path.GetDirectoryName(digest)!);
        string[] target = archive is null ? [] : [$"oci-archive:{archive}"];
        await Run("buildah", ["push", "--quiet", "--digestfile", digest, $"{reference}:{tag}", .. target]).RunAsync(stop);
        var pushed = (await File.ReadAllTextAsync(digest, stop)).Trim();
        print($"{(archive is null ? "pushed" : $"written to {archive}:")} {reference}@{pushed}");

        return new PublishedImage(reference, pushed, Path.GetRelativePath(repository.Root, Path.GetDirectoryName(image.Project.File)!));
    }

    private string Base() => (string?)Yaml.LoadFile(repository.PathTo("images", "bases.yaml"))["registry"]?["distroless"]
        ?? throw new InvalidDataException("images/bases.yaml: registry.distroless is missing: the base of services in a registry.");

    private static string ProgramIn(string published) =>
        Path.GetFileName(Directory.EnumerateFiles(published).Single(file => File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute)));

    private CommandLine Run(string program, params ReadOnlySpan<string> arguments) => CommandLine.Of(program, arguments).In(repository.Root);
}
