using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Contract;

/// <summary>
/// The generated schemas: one for each document, which the editor and the harness read, and one for each chart of ours with all its documents, which Helm
/// reads (<c>values.schema.json</c>). Helm follows no reference to another file, so each carries every definition it needs.
/// </summary>
public static class SchemaBundle
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schemas as files of the repository.</summary>
    /// <exception cref="InvalidDataException">The sources do not fit together; the message names the file.</exception>
    public static IReadOnlyList<GeneratedFile> Files(Repository repository)
    {
        var sources = SchemaSources.Load(repository.Root);

        return
        [
            .. SchemaSources.All.Select(document => new GeneratedFile(
                repository.PathTo("schemas", $"{document}.schema.json"),
                Text(Noted(
                    sources.Assemble(document),
                    $"Generated from schemas/{document}.json, definitions.json and the kinds by `./causeway generate`; change it there.")))),
            new(repository.PathTo("helm", "charts", "workload", "values.schema.json"), Text(Merge(sources, SchemaSources.Documents))),
            new(
                repository.PathTo("monitoring", "values.schema.json"),
                Text(ForMonitoring(Merge(sources, SchemaSources.All, optional: ["workload", "release", "slo"])))),
        ];
    }

    private static JsonObject ForMonitoring(JsonObject schema)
    {
        // A release's documents are given together; charts at revisions that are pinned already have to take what a newer ApplicationSet gives.
        schema["properties"]!["release"]!["$comment"] = $"{ChartValues.Unread}: it comes with the other documents of a release.";

        // Their content is Grafana's matter; what is read of it, DashboardRules checks.
        schema["properties"]!["dashboards"] = new JsonObject
        {
            ["description"] = "Dashboards by name, as Grafana stores them: a workload's own, services/<workload>/dashboards/.",
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject { ["type"] = "object", ["required"] = new JsonArray("uid", "title", "panels") },
        };

        return schema;
    }

    /// <summary>The bundle of the schemas of a release's documents.</summary>
    /// <inheritdoc cref="Merge(SchemaSources, IReadOnlyList{string}, IReadOnlyList{string})" path="/exception"/>
    public static JsonObject Merge(SchemaSources sources) => Merge(sources, SchemaSources.Documents);

    /// <summary>The bundle of the schemas of some documents.</summary>
    /// <param name="optional">Their fields that may be missing.</param>
    /// <exception cref="InvalidDataException">Two documents define the same name differently, or the sources do not fit together.</exception>
    public static JsonObject Merge(SchemaSources sources, IReadOnlyList<string> documents, params IReadOnlyList<string> optional)
    {
        var properties = new JsonObject();
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);

        foreach (var document in documents)
        {
            var schema = sources.Assemble(document);

            foreach (var (property, value) in schema["properties"]!.AsObject())
            {
                properties.Add(property, value!.DeepClone());
            }

            foreach (var (definition, value) in schema["definitions"]!.AsObject())
            {
                if (definitions.TryGetValue(definition, out var other) && !JsonNode.DeepEquals(other, value))
                {
                    throw new InvalidDataException(
                        $"schemas/{document}.json: another schema has another definition `{definition}`; give this one another name.");
                }

                definitions[definition] = value!.DeepClone();
            }
        }

        return new JsonObject
        {
            ["$schema"] = Draft,
            ["description"] = "Generated from schemas/ by `./causeway generate`; change it there.",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. properties.Select(property => property.Key).Except(optional).Select(property => JsonValue.Create(property))]),
            ["properties"] = properties,
            ["definitions"] = new JsonObject(definitions.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        };
    }

    private static JsonObject Noted(JsonObject schema, string note)
    {
        schema.Insert(1, "$comment", note);

        return schema;
    }

    private static string Text(JsonObject schema) => schema.ToJsonString(Layout) + "\n";
}
