using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Providers;

/// <summary>A provider that the mirror offers.</summary>
/// <param name="Source"><c>host/namespace/name</c>.</param>
public sealed record MirroredProvider(string Source, string Version, string SchemaFile)
{
    /// <summary>A traits file that the provider reads in place of the committed ones, if any.</summary>
    public string? TraitsFile { get; init; }

    public string Name => Source.Split('/')[^1];

    /// <summary>What the provider is started with, in its order.</summary>
    internal IReadOnlyList<string> Files => TraitsFile is null ? [SchemaFile] : [SchemaFile, TraitsFile];

    /// <exception cref="InvalidDataException">The file lacks <c>provider</c> or <c>version</c>.</exception>
    public static MirroredProvider Of(string schemaFile, string? version = null)
    {
        var head = JsonNode.Parse(File.ReadAllText(schemaFile))!;

        return (string?)head["provider"] is { } source && source.Split('/').Length == 3 && (string?)head["version"] is { } own
            ? new(source, version ?? own, schemaFile)
            : throw new InvalidDataException(
                $"{schemaFile}: `provider` must be host/namespace/name and `version` must be there; `./causeway generate` writes such a file.");
    }
}
