using System.Text.RegularExpressions;

namespace Causeway.Harness.Releases;

/// <summary>
/// Writes into the releases of an environment what was just built. Revision and images belong together: a release gets the digest of each of its images, or
/// none.
/// </summary>
public sealed partial class Pinning(Repository repository)
{
    private readonly ReleaseFiles releases = new(repository);

    /// <param name="images">Digests by component.</param>
    /// <returns>What changed; empty where it was pinned like this already.</returns>
    /// <exception cref="UsageException">What is given is not a commit or a digest, does not exist, or is not complete.</exception>
    public IReadOnlyList<PinChange> Pin(string environment, string workload, string revision, IReadOnlyDictionary<string, string> images) =>
        Pin(environment, revision, [(workload, images)]);

    /// <summary>Pins all that a folder has digests of: a file <c>&lt;workload&gt;/&lt;component&gt;</c> for each image, with its digest in it.</summary>
    /// <inheritdoc cref="Pin(string, string, string, IReadOnlyDictionary{string, string})"/>
    public IReadOnlyList<PinChange> PinFolder(string environment, string revision, string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        string[][] built = [.. files.Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(folder, file).Split('/'))];

        if (built is [])
        {
            throw new UsageException(
                $"There is no digest in {folder}.", "Name a folder with a file <workload>/<component> for each image, with its digest in it.");
        }

        if (built.FirstOrDefault(parts => parts.Length is not 2) is { } unexpected)
        {
            throw new UsageException(
                $"{folder}/{string.Join('/', unexpected)} does not say which image it is about.", "Put digests into files <workload>/<component>.");
        }

        return Pin(environment, revision, [
            .. built.GroupBy(parts => parts[0], parts => parts[1]).Select(workload => (
                workload.Key,
                (IReadOnlyDictionary<string, string>)workload.ToDictionary(
                    component => component, component => File.ReadAllText(Path.Combine(folder, workload.Key, component)).Trim()))),
        ]);
    }

    private IReadOnlyList<PinChange> Pin(
        string environment, string revision, IReadOnlyList<(string Workload, IReadOnlyDictionary<string, string> Images)> built)
    {
        releases.ExpectPinned(environment);

        if (!Commit().IsMatch(revision))
        {
            throw new UsageException($"{revision} is not a whole commit.", "Write its 40 hexadecimal digits: `git rev-parse HEAD`.");
        }

        return releases.Write(environment, [.. built.Select(one => (one.Workload, PinsOf(environment, one.Workload, revision, one.Images)))]);
    }

    private Pins PinsOf(string environment, string workload, string revision, IReadOnlyDictionary<string, string> images)
    {
        if (!repository.Releases(environment).Contains(workload))
        {
            throw new UsageException(
                $"{environment} has no release of {workload}.",
                $"Its releases: {string.Join(", ", repository.Releases(environment))}. A new one is the file {ReleaseFiles.PathOf(environment, workload)}.");
        }

        if (images.FirstOrDefault(image => !Digest().IsMatch(image.Value)) is { Key: not null } wrong)
        {
            throw new UsageException(
                $"{workload}/{wrong.Key}: {wrong.Value} is not a digest.", "Write sha256: and 64 hexadecimal digits: what `podman push --digestfile` writes.");
        }

        string[] components =
        [
            .. Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!["components"]!.AsObject()
                .Select(component => component.Key),
        ];

        if (images.Keys.FirstOrDefault(name => !components.Contains(name)) is { } unknown)
        {
            throw new UsageException($"{workload} has no component {unknown}.", $"Its components: {string.Join(", ", components)}.");
        }

        string[] old = [.. (releases.Read(environment, workload).Pins?.Images ?? []).Select(image => image.Key).Where(components.Contains)];

        return old.Except(images.Keys).ToArray() is { Length: > 0 } missing
            ? throw new UsageException(
                $"{environment}/{workload}: the digest of {string.Join(", ", missing)} is missing. One revision runs with the images built from it.",
                $"Give {string.Join(" and ", missing.Select(name => $"--image {name}=sha256:…"))} too.")
            : new Pins(revision, [.. components.Where(images.ContainsKey).Select(name => KeyValuePair.Create(name, images[name]))]);
    }

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex Commit();

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
