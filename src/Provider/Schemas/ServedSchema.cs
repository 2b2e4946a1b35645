using Causeway.ProviderSchemas;

namespace Causeway.Provider.Schemas;

/// <summary>Everything that this process serves as one provider.</summary>
/// <param name="Address">Such as <c>registry.terraform.io/hashicorp/aws</c>.</param>
/// <param name="Facts">Data sources that no resource stands behind.</param>
internal sealed record ServedSchema(
    string Address,
    string Version,
    Block Configuration,
    IReadOnlyDictionary<string, Block> Resources,
    IReadOnlyDictionary<string, Block> Data,
    IReadOnlyDictionary<string, Block> Ephemeral,
    IReadOnlySet<string> Facts)
{
    /// <param name="path">A compact schema file.</param>
    /// <exception cref="InvalidDataException">The file has another form; the message names the place.</exception>
    public static ServedSchema Read(string path) => ServedSchemaReader.Read(SchemaFile.Read(path));

    /// <param name="json">A file's content.</param>
    /// <param name="name">What the messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static ServedSchema Parse(ReadOnlyMemory<byte> json, string name) => ServedSchemaReader.Read(SchemaFile.Parse(json, name));
}
