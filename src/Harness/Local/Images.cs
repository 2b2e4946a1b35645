using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Local;

/// <summary>
/// Builds the images of stand-ins and services without a registry. An image's tag is the hash of everything it is made from,
/// so unchanged inputs are not built again, and an interrupted build is simply repeated.
/// </summary>
public sealed class Images(Repository repository, ToolBox tools, Podman podman, ISteps steps)
{
    /// <summary>Registry and path of everything built here.</summary>
    public const string Registry = "localhost/causeway";

    // What MSBuild reads for every project below services/.
    private static readonly string[] BuildFiles =
    [
        "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "services/Directory.Build.props",
        "services/Directory.Build.targets",
    ];

    /// <summary>The digest (<c>sha256:…</c>) of every image that is needed, by image name.</summary>
    /// <param name="standIns">Names of stand-ins' images, which are folders of <c>images/</c>.</param>
    /// <param name="components">The projects that components' images are built from.</param>
    public async Task<IReadOnlyDictionary<string, string>> BuildAsync(
        IReadOnlyCollection<string> standIns, IReadOnlyList<ComponentProject> components, CancellationToken stop)
    {
        using var one = await LockAsync(TimeSpan.FromMinutes(10), stop);
        var bases = Bases();
        var sdk = (await CommandLine.Of("dotnet", "--version").In(repository.Root).RunAsync(stop)).Output.Trim();
        Image[] published = [.. components.Select(project => Component(project, bases["distroless"], sdk))];
        Image[] wanted = [.. bases.Values, .. standIns.Distinct().Order(StringComparer.Ordinal).Select(name => StandIn(name, bases["debian"])), .. published];
        var present = await PresentAsync(stop);
        Image[] missing = [.. wanted.Where(image => !present.ContainsKey(image.Reference))];

        if (missing is not [])
        {
            // Debian packages and dotnet publish use different parts of the machine: side by side they take little longer than one.
            await steps.RunAsync($"Build {missing.Length} of {wanted.Length} images", async progress =>
            {
                await Task.WhenAll(
                    BuildInOrderAsync([.. missing.Except(published)], progress, stop), PublishAsync([.. missing.Intersect(published)], progress, stop));
                await BuildInOrderAsync([.. missing.Intersect(published)], progress, stop);

                return string.Join(", ", missing.Select(image => image.Name));
            });

            present = await PresentAsync(stop);
            await RemoveOutdatedAsync(missing, present.Keys, stop);
        }

        return wanted.ToDictionary(image => image.Name, image => present[image.Reference]);
    }

    /// <summary>Removes every image built here that nothing uses: no container, and no other image that stays.</summary>
    /// <returns>How many were removed, and how many are still in use.</returns>
    public async Task<(int Removed, int Kept)> RemoveAllAsync(CancellationToken stop)
    {
        using var one = await LockAsync(TimeSpan.FromMinutes(10), stop);
        var left = await WithLayersAsync(stop);
        var removed = 0;

        // From the top down. podman refuses an image that a container uses, but removes the name of one that others are built on: those are skipped here.
        foreach (var (reference, layers) in left.OrderByDescending(image => image.Value.Length).ToArray())
        {
            var isBase = left.Any(
                other => other.Key != reference && other.Value.Length > layers.Length && other.Value.AsSpan(0, layers.Length).SequenceEqual(layers));

            if (!isBase && (await podman.Command("rmi", reference).TryRunAsync(stop)).ExitCode == 0)
            {
                left.Remove(reference);
                removed++;
            }
        }

        return (removed, left.Count);
    }

    private async Task<Dictionary<string, string[]>> WithLayersAsync(CancellationToken stop)
    {
        string[] references = [.. (await PresentAsync(stop)).Keys];

        return references is []
            ? []
            : (await podman.JsonAsync(stop, ["image", "inspect", .. references])).Zip(references)
                .ToDictionary(image => image.Second, image => image.First!["RootFS"]!["Layers"]!.AsArray().Select(layer => (string)layer!).ToArray());
    }

    /// <summary>Held while images are built or removed.</summary>
    /// <exception cref="TimeoutException">Another process is building.</exception>
    public static Task<FileLock> LockAsync(TimeSpan patience, CancellationToken stop) =>
        FileLock.TakeAsync(FileLock.OfMachine("images"), "building images", patience, stop);

    private sealed record Image(string Name, string Hash, Func<Image, CancellationToken, Task> Build)
    {
        public string Reference => $"{Registry}/{Name}:{Hash}";

        /// <summary>What must be published before a component's image can be built.</summary>
        public ComponentProject? Project { get; init; }
    }

    private Dictionary<string, Image> Bases()
    {
        var description = Yaml.LoadFile(repository.PathTo("images", "bases.yaml"));
        var suite = (string)description["suite"]!;

        return description["bases"]!.AsObject().ToDictionary(
            pair => pair.Key,
            pair => new Image(
                pair.Key,
                Fingerprint.Of(suite, pair.Value!.ToJsonString()),
                (image, stop) => BootstrapAsync(image, suite, pair.Value!.AsObject(), stop)));
    }

    private async Task BootstrapAsync(Image image, string suite, JsonObject description, CancellationToken stop)
    {
        var archive = Path.Combine(repository.Cache, $"{image.Name}.tar");
        var packages = string.Join(',', description["packages"]!.AsArray().Select(name => (string)name!));
        // An extracted system has nothing to run hooks in later.
        var hook = (string?)description["variant"] is "extract" ? "--extract-hook" : "--customize-hook";
        var finish = description["finish"]!.AsArray().Select(line => $"{hook}={line}");

        try
        {
            await Marked(CommandLine.Of("mmdebstrap", ["--quiet", $"--variant={description["variant"]}", $"--include={packages}", .. finish, suite, archive]))
                .RunAsync(stop);
            await podman.RunAsync(stop, "import", "--quiet", archive, image.Reference);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private Image StandIn(string name, Image debian)
    {
        var folder = repository.PathTo("images", name);
        // A stand-in that comes as an npm package is built from that package's folder; the others bring what they need.
        var package = tools.Manifest.Npm.SingleOrDefault(tool => tool.Image == name);
        var context = package is null ? folder : Path.Combine(tools.NodeModules, package.Name);

        return new Image(
            name,
            Fingerprint.Of(debian.Hash, ContentOf([folder]), package?.Sha256 ?? ""),
            (image, stop) => BuildAsync(image, Path.Combine(folder, "Containerfile"), context, stop, $"BASE={debian.Reference}"));
    }

    private Image Component(ComponentProject project, Image distroless, string sdk)
    {
        var containerfile = project.Containerfile(repository);
        var hash = Fingerprint.Of(
            distroless.Hash,
            sdk,
            Path.GetFileName(project.File),
            ContentOf([containerfile, .. project.Folders(), .. BuildFiles.Select(name => repository.PathTo(name))]));

        return new Image(
            project.Image,
            hash,
            (image, stop) => BuildAsync(
                image,
                containerfile,
                project.PublishedIn(repository),
                stop,
                $"BASE={distroless.Reference}",
                $"PROGRAM={ProgramIn(project.PublishedIn(repository))}"))
        {
            Project = project,
        };
    }

    // A single-file publish writes one executable, named after the assembly.
    private static string ProgramIn(string output) =>
        Path.GetFileName(Directory.EnumerateFiles(output).Single(file => File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute)));

    // One run of MSBuild for all components: what they share is built once, and they are trimmed and compiled side by side.
    // `_IsPublishing` is what `dotnet publish` sets besides the target.
    private async Task PublishAsync(IReadOnlyList<Image> components, Action<string> progress, CancellationToken stop)
    {
        if (components is [])
        {
            return;
        }

        progress($"publishing {string.Join(", ", components.Select(component => component.Name))}");

        foreach (var output in components.Select(component => component.Project!.PublishedIn(repository)).Where(Directory.Exists))
        {
            Directory.Delete(output, recursive: true);
        }

        var all = Path.Combine(repository.Cache, "components.proj");
        const string Properties = $"Configuration=Release;RuntimeIdentifier={ComponentProject.Runtime};_IsPublishing=true";
        await File.WriteAllTextAsync(
            all,
            $"""
            <Project>
              <ItemGroup>
                {string.Join("\n    ", components.Select(component => $"<Component Include=\"{component.Project!.File}\" />"))}
              </ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Component)" Targets="Restore" /></Target>
              <Target Name="Publish"><MSBuild Projects="@(Component)" Targets="Publish" BuildInParallel="true" Properties="{Properties}" /></Target>
            </Project>
            """,
            stop);

        foreach (var target in new[] { "Restore", "Publish" })
        {
            await Marked(CommandLine.Of("dotnet", "msbuild", all, $"-target:{target}", "-maxCpuCount", "-verbosity:quiet", "-nologo"))
                .In(repository.Root)
                .RunAsync(stop);
        }
    }

    private static async Task BuildInOrderAsync(IReadOnlyList<Image> images, Action<string> progress, CancellationToken stop)
    {
        foreach (var image in images)
        {
            progress($"building {image.Name}");
            await image.Build(image, stop);
        }
    }

    private Task BuildAsync(Image image, string containerfile, string context, CancellationToken stop, params string[] arguments)
    {
        var options = arguments.SelectMany(argument => new[] { "--build-arg", argument });

        return podman
            .Buildah(["build", "--quiet", "--network", "host", "--file", containerfile, "--tag", image.Reference, .. options, context])
            .RunAsync(stop);
    }

    private async Task<Dictionary<string, string>> PresentAsync(CancellationToken stop) =>
        (await podman.JsonAsync(stop, "images", "--format", "json", "--filter", $"reference={Registry}/*"))
            .SelectMany(image => (image!["Names"]?.AsArray() ?? []).Select(name => (Name: (string)name!, Digest: (string)image["Digest"]!)))
            .Where(image => image.Name.StartsWith(Registry + '/', StringComparison.Ordinal))
            .DistinctBy(image => image.Name)
            .ToDictionary(image => image.Name, image => image.Digest);

    // Keeps the disk bounded. Images that a running platform still uses refuse removal, and that is fine.
    private async Task RemoveOutdatedAsync(IEnumerable<Image> built, IEnumerable<string> present, CancellationToken stop)
    {
        foreach (var image in built)
        {
            foreach (var outdated in present.Where(name => name.StartsWith($"{Registry}/{image.Name}:", StringComparison.Ordinal) && name != image.Reference))
            {
                await podman.Command("rmi", outdated).TryRunAsync(stop);
            }
        }
    }

    private CommandLine Marked(CommandLine command) => command.With(CommandLine.InstanceVariable, podman.Instance.Name);

    /// <summary>Over names and contents of the files and of everything below the folders; what does not exist counts as absent.</summary>
    private string ContentOf(IEnumerable<string> paths) => Fingerprint.OfFiles(
        repository.Root,
        paths.SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : File.Exists(path) ? [path] : []));
}
