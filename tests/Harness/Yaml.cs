using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Causeway.Harness;

/// <summary>YAML as JSON nodes, scalars resolved by the YAML 1.2 core schema, so that one kind of tree serves YAML and JSON alike.</summary>
public static class Yaml
{
    /// <summary>Every non-empty document of <paramref name="text"/>, in order.</summary>
    /// <exception cref="InvalidDataException">The text is not YAML; the message has line and column.</exception>
    public static IReadOnlyList<JsonNode> Load(string text, string name = "YAML")
    {
        var stream = new YamlStream();

        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"{name}, line {error.Start.Line}, column {error.Start.Column}: {error.InnerException?.Message ?? error.Message}", error);
        }

        return [.. stream.Documents.Select(document => ToJson(document.RootNode)).OfType<JsonNode>()];
    }

    /// <summary>The one document of a file.</summary>
    /// <exception cref="InvalidDataException">The file is not YAML, or holds no document or several.</exception>
    public static JsonObject LoadFile(string path) => Load(File.ReadAllText(path), path) switch
    {
        [JsonObject only] => only,
        var documents => throw new InvalidDataException($"{path}: expected one YAML document that is a map, found {documents.Count}."),
    };

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode scalar => ToJson(scalar),
        _ => throw new InvalidDataException($"Unexpected YAML node at {node.Start}."),
    };

    private static JsonNode? ToJson(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";

        if (scalar.Style is not ScalarStyle.Plain)
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => Number(integer.ToString(CultureInfo.InvariantCulture)),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Number(number.ToString("R", CultureInfo.InvariantCulture)),
            _ => text,
        };
    }

    // A number that was parsed converts to every numeric type it fits; one that was made from a `long` only to `long`.
    private static JsonNode? Number(string text) => JsonNode.Parse(text);
}
