using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Contract;

/// <summary>
/// The schemas of contract, environment and release as the one file Helm can read: the workload chart's <c>values.schema.json</c>.
/// Helm follows no reference to another file, so what the three share is written in each and must be the same in all.
/// </summary>
public static class SchemaBundle
{
    /// <summary>The three documents, in the order they are given to Helm; each has its schema in <c>schemas/</c>.</summary>
    public static IReadOnlyList<string> Documents { get; } = ["workload", "environment", "release"];

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where the bundle is kept.</summary>
    public static string PathIn(Repository repository) => repository.PathTo("helm", "charts", "workload", "values.schema.json");

    /// <summary>The bundle's text. The same schemas give the same text.</summary>
    /// <exception cref="InvalidDataException">Two schemas define the same name differently, or a reference leads nowhere or out of its file.</exception>
    public static string Generate(Repository repository) =>
        Merge(Documents.Select(document => (
            document,
            JsonNode.Parse(File.ReadAllText(repository.PathTo("schemas", $"{document}.schema.json")))!.AsObject())));

    /// <inheritdoc cref="Generate"/>
    public static string Merge(IEnumerable<(string Name, JsonObject Schema)> schemas)
    {
        var properties = new JsonObject();
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);

        foreach (var (name, schema) in schemas)
        {
            CheckReferences(name, schema);

            foreach (var (property, value) in schema["properties"]!.AsObject())
            {
                properties.Add(property, value!.DeepClone());
            }

            foreach (var (definition, value) in schema["definitions"]!.AsObject())
            {
                if (definitions.TryGetValue(definition, out var other) && !JsonNode.DeepEquals(other, value))
                {
                    throw new InvalidDataException(
                        $"schemas/{name}.schema.json: definition `{definition}` differs from the one in another schema; make them the same or name one otherwise.");
                }

                definitions[definition] = value!.DeepClone();
            }
        }

        var bundle = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["description"] = "Generated from schemas/ by `./causeway generate`; change it there.",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property.Key))]),
            ["properties"] = properties,
            ["definitions"] = new JsonObject(definitions.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        };

        return bundle.ToJsonString(Layout) + "\n";
    }

    private static void CheckReferences(string name, JsonObject schema)
    {
        var definitions = schema["definitions"]!.AsObject();
        var used = References(schema).ToHashSet();
        var defined = definitions.Select(definition => $"#/definitions/{definition.Key}").ToHashSet();

        if (used.Except(defined).FirstOrDefault() is { } nowhere)
        {
            throw new InvalidDataException($"schemas/{name}.schema.json: $ref {nowhere} leads nowhere; write the definition into this file.");
        }

        if (defined.Except(used).FirstOrDefault() is { } unused)
        {
            throw new InvalidDataException($"schemas/{name}.schema.json: nothing refers to {unused}; remove it.");
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
