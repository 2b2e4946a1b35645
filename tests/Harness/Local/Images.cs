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

    /// <summary>The digest (<c>sha256:…</c>) of every image that the stand-ins and the workloads' services need, by image name.</summary>
    /// <param name="components">Image name (<c>orders-gateway</c>) and project file of every service.</param>
    public async Task<IReadOnlyDictionary<string, string>> BuildAsync(IReadOnlyList<ServiceProject> components, CancellationToken stop)
    {
        using var one = await LockAsync(TimeSpan.FromMinutes(10), stop);
        var bases = Bases();
        var sdk = (await CommandLine.Of("dotnet", "--version").In(repository.Root).RunAsync(stop)).Output.Trim();
        Image[] standIns = [.. StandIns(bases["debian"])];
        Image[] services = [.. components.Select(project => Service(project, bases["distroless"], sdk))];
        Image[] wanted = [.. bases.Values, .. standIns, .. services];
        var present = await PresentAsync(stop);
        Image[] missing = [.. wanted.Where(image => !present.ContainsKey(image.Reference))];

        if (missing is not [])
        {
            // Debian packages and dotnet publish use different parts of the machine: side by side they take little longer than one.
            await steps.RunAsync($"Build {missing.Length} of {wanted.Length} images", async progress =>
            {
                var debian = BuildInOrderAsync([.. missing.Except(services)], progress, stop);
                var published = PublishAsync([.. missing.Intersect(services)], progress, stop);
                await Task.WhenAll(debian, published);
                await BuildInOrderAsync([.. missing.Intersect(services)], progress, stop);

                return string.Join(", ", missing.Select(image => image.Name));
            });

            present = await PresentAsync(stop);
            await RemoveOutdatedAsync(missing, present.Keys, stop);
        }

        return wanted.ToDictionary(image => image.Name, image => present[image.Reference]);
    }

    /// <summary>Removes every image built here that no container uses.</summary>
    /// <returns>How many were removed, and how many are still in use.</returns>
    public async Task<(int Removed, int Kept)> RemoveAllAsync(CancellationToken stop)
    {
        using var one = await LockAsync(TimeSpan.FromMinutes(10), stop);
        var (removed, kept) = (0, 0);

        // An image goes after those that are built upon it: every round removes what nothing needs any more.
        while (true)
        {
            var before = removed;
            kept = 0;

            foreach (var reference in (await PresentAsync(stop)).Keys)
            {
                var gone = (await podman.Command("rmi", reference).TryRunAsync(stop)).ExitCode == 0;
                removed += gone ? 1 : 0;
                kept += gone ? 0 : 1;
            }

            if (kept == 0 || removed == before)
            {
                return (removed, kept);
            }
        }
    }

    /// <summary>Held while images are built or removed.</summary>
    /// <exception cref="TimeoutException">Somebody else builds.</exception>
    public static Task<FileLock> LockAsync(TimeSpan patience, CancellationToken stop) =>
        FileLock.TakeAsync(FileLock.OfMachine("images"), "building images", patience, stop);

    private sealed record Image(string Name, string Hash, Func<Image, CancellationToken, Task> Build)
    {
        public string Reference => $"{Registry}/{Name}:{Hash}";

        /// <summary>What must be published before a service's image can be built.</summary>
        public ServiceProject? Project { get; init; }
    }

    private Dictionary<string, Image> Bases()
    {
        var description = Yaml.LoadFile(repository.PathTo("images", "bases.yaml"));
        var suite = (string)description["suite"]!;

        return description["bases"]!.AsObject().ToDictionary(
            pair => pair.Key,
            pair => new Image(pair.Key, Fingerprint.Of(suite, pair.Value!.ToJsonString()), (image, stop) => BootstrapAsync(image, suite, pair.Value!.AsObject(), stop)));
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
            await Marked(CommandLine.Of("mmdebstrap", ["--quiet", $"--variant={description["variant"]}", $"--include={packages}", .. finish, suite, archive])).RunAsync(stop);
            await podman.RunAsync(stop, "import", "--quiet", archive, image.Reference);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private IEnumerable<Image> StandIns(Image debian)
    {
        foreach (var folder in Directory.EnumerateDirectories(repository.PathTo("images")).Where(folder => Path.GetFileName(folder) != "service").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            // A stand-in that comes as an npm package is built from that package's folder; the others bring what they need.
            var package = tools.Manifest.Npm.SingleOrDefault(tool => tool.Image == name);
            var context = package is null ? folder : Path.Combine(tools.NodeModules, package.Name);

            yield return new Image(
                name,
                Fingerprint.Of(debian.Hash, ContentOf([folder]), package?.Sha256 ?? ""),
                (image, stop) => BuildAsync(image, Path.Combine(folder, "Containerfile"), context, stop, $"BASE={debian.Reference}"));
        }
    }

    private Image Service(ServiceProject project, Image distroless, string sdk)
    {
        var containerfile = repository.PathTo("images", "service", "Containerfile");
        var hash = Fingerprint.Of(
            distroless.Hash,
            sdk,
            Path.GetFileName(project.File),
            ContentOf([
                containerfile, repository.PathTo("services", "_shared"), project.Sources, repository.PathTo("global.json"),
                repository.PathTo("Directory.Build.props"), repository.PathTo("Directory.Build.targets"), repository.PathTo("Directory.Packages.props"),
                repository.PathTo("services", "Directory.Build.props"), repository.PathTo("services", "Directory.Build.targets"),
            ]));

        return new Image(project.Image, hash, (image, stop) => BuildAsync(image, containerfile, project.PublishedIn(repository), stop, $"BASE={distroless.Reference}", $"PROGRAM={ProgramIn(project.PublishedIn(repository))}"))
        {
            Project = project,
        };
    }

    // A single-file publish writes one executable, named after the assembly.
    private static string ProgramIn(string output) =>
        Path.GetFileName(Directory.EnumerateFiles(output).Single(file => File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute)));

    // One run of MSBuild for all services: what they share is built once, and they are trimmed and compiled side by side.
    // `_IsPublishing` is what `dotnet publish` sets besides the target.
    private async Task PublishAsync(IReadOnlyList<Image> services, Action<string> progress, CancellationToken stop)
    {
        if (services is [])
        {
            return;
        }

        progress($"publishing {string.Join(", ", services.Select(service => service.Name))}");

        foreach (var output in services.Select(service => service.Project!.PublishedIn(repository)).Where(Directory.Exists))
        {
            Directory.Delete(output, recursive: true);
        }

        var all = Path.Combine(repository.Cache, "services.proj");
        await File.WriteAllTextAsync(
            all,
            $"""
            <Project>
              <ItemGroup>
                {string.Join("\n    ", services.Select(service => $"<Service Include=\"{service.Project!.File}\" />"))}
              </ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Service)" Targets="Restore" /></Target>
              <Target Name="Publish"><MSBuild Projects="@(Service)" Targets="Publish" BuildInParallel="true" Properties="Configuration=Release;RuntimeIdentifier={ServiceProject.Runtime};_IsPublishing=true" /></Target>
            </Project>
            """,
            stop);

        foreach (var target in new[] { "Restore", "Publish" })
        {
            await Marked(CommandLine.Of("dotnet", "msbuild", all, $"-target:{target}", "-maxCpuCount", "-verbosity:quiet", "-nologo")).In(repository.Root).RunAsync(stop);
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

    private Task BuildAsync(Image image, string containerfile, string context, CancellationToken stop, params string[] arguments) =>
        podman.Buildah(["build", "--quiet", "--network", "host", "--file", containerfile, "--tag", image.Reference, .. arguments.SelectMany(argument => new[] { "--build-arg", argument }), context])
            .RunAsync(stop);

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

/// <summary>The project behind a component of kind <c>service</c>.</summary>
/// <param name="Image">Name of its image, <c>&lt;workload&gt;-&lt;component&gt;</c>.</param>
/// <param name="File">Absolute path of the project file, <c>services/&lt;workload&gt;/src/&lt;Component&gt;/&lt;Component&gt;.csproj</c>.</param>
/// <param name="Sources">Folder whose contents decide whether it must be built again.</param>
public sealed record ServiceProject(string Image, string File, string Sources)
{
    /// <summary>What the services are published for: https://learn.microsoft.com/dotnet/core/rid-catalog</summary>
    public const string Runtime = "linux-x64";

    /// <summary>Folder that <c>dotnet publish</c> writes, as services/Directory.Build.props names it.</summary>
    public string PublishedIn(Repository repository) =>
        repository.PathTo("artifacts", "publish", Path.GetRelativePath(repository.PathTo("services"), Path.GetDirectoryName(File)!).Replace('/', '-'), $"release_{Runtime}");

    /// <exception cref="PlatformException">The component has no project where the convention puts it.</exception>
    public static ServiceProject Of(Repository repository, string workload, string component)
    {
        var program = string.Concat(component.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var sources = repository.PathTo("services", workload, "src");
        var file = Path.Combine(sources, program, $"{program}.csproj");

        return System.IO.File.Exists(file)
            ? new ServiceProject($"{workload}-{component}", file, sources)
            : throw new PlatformException(
                $"Component `{component}` of workload `{workload}` has no project.",
                $"Create {Path.GetRelativePath(repository.Root, file)}, or rename the component in services/{workload}/workload.yaml.");
    }
}
