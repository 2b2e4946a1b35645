using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Tools;

/// <summary>A program the machine has to offer, at least in <paramref name="Version"/>.</summary>
/// <param name="Check">The command line that prints the installed version.</param>
/// <param name="Get">How a person gets it.</param>
public sealed record HostTool(string Name, Version Version, CommandLine Check, string Get)
{
    /// <summary>The version on this machine, or null where the tool is not found.</summary>
    public async Task<Version?> FoundAsync(CancellationToken stop)
    {
        try
        {
            var printed = await Check.TryRunAsync(stop);
            var match = Regex.Match(printed.Output + printed.Error, @"\d+\.\d+(\.\d+)?");

            return match.Success ? System.Version.Parse(match.Value) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>An npm package, fetched once and checked against the SHA-256 of its packed file.</summary>
/// <param name="Image">Name of the image below <c>images/</c> that is built from the package's folder, if any.</param>
public sealed record NpmTool(string Name, string Version, string Sha256, string? Image);

/// <summary><c>build/tools.yaml</c>: the one place for tool versions.</summary>
public sealed record ToolManifest(IReadOnlyList<HostTool> Prerequisites, IReadOnlyList<HostTool> Debian, IReadOnlyList<NpmTool> Npm)
{
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

        HostTool Host(string name, JsonObject entry, string get)
        {
            var check = entry["check"]!.AsArray().Select(word => (string)word!).ToArray();

            return new(name, System.Version.Parse(Text(name, entry, "version")), new CommandLine(check[0], [.. check.Skip(1)]), get);
        }

        return new(
            Read("prerequisites", (name, entry) => Host(name, entry, Text(name, entry, "get"))),
            Read("debian", (name, entry) => Host(name, entry, $"`./causeway up` installs it (apt-get install {name})")),
            Read("npm", (name, entry) => new NpmTool(name, Text(name, entry, "version"), Text(name, entry, "sha256"), (string?)entry["image"])));
    }
}
