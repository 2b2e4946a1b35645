using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Pointer;
using Json.Schema;

namespace Causeway.Harness.Contract;

/// <summary>
/// Says where a document violates its schema. JsonSchema.Net evaluates; what it found is worded here like the other messages: the
/// field first, then what is allowed, then the value. Helm validates the same documents when a chart is rendered; a test holds both against
/// the same faults.
/// </summary>
public sealed class DocumentSchema
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.Hierarchical };

    private readonly JsonObject rules;

    private readonly JsonSchema schema;

    /// <param name="rules">A whole schema with its <c>definitions</c>.</param>
    public DocumentSchema(JsonObject rules)
    {
        this.rules = rules;

        // A registry of its own: the library's global one loses entries where two schemas are built at once.
        schema = JsonSchema.FromText(rules.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    /// <summary>The schema of one kind of document, <c>workload</c>, <c>environment</c> or <c>release</c>, below a tree's <c>schemas/</c>.</summary>
    public static DocumentSchema Load(string tree, string document) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(tree, "schemas", $"{document}.schema.json")))!.AsObject());

    /// <summary>Every violation, each beginning with the field's path; empty where there is none.</summary>
    public IReadOnlyList<string> Problems(JsonNode? document)
    {
        var root = JsonSerializer.SerializeToElement(document);

        return [.. Of(schema.Evaluate(root, Options), root, name: false).Distinct()];
    }

    private IEnumerable<string> Of(EvaluationResults result, JsonElement root, bool name)
    {
        if (result.IsValid)
        {
            return [];
        }

        var place = Place(result.InstanceLocation, root);
        var value = name ? JsonSerializer.SerializeToElement(Steps(result.InstanceLocation)[^1]) : result.InstanceLocation.Evaluate(root) ?? default;
        var rule = Rule(result.EvaluationPath);
        var parts = (result.Details ?? []).ToLookup(detail => Steps(detail.EvaluationPath)[Steps(result.EvaluationPath).Length]);

        return
        [
            .. (result.Errors ?? []).Keys.SelectMany(keyword => Told(keyword, rule, value, place)).Select(problem => name ? $"{problem} (as a name)" : problem),
            .. parts["not"].Any(part => part.IsValid)
                ? [$"{place} is {Text(value)}, which is not allowed{(name ? " (as a name)" : "")}"]
                : Array.Empty<string>(),
            .. parts.Where(part => part.Key is not ("not" or "if" or "anyOf"))
                .SelectMany(part => part.SelectMany(detail => Of(detail, root, name || part.Key is "propertyNames"))),
            .. NearestOf(parts["anyOf"]),
        ];

        // Of several alternatives, the one that comes nearest tells most about what is wrong.
        IEnumerable<string> NearestOf(IEnumerable<EvaluationResults> alternatives) =>
            alternatives.Any(alternative => alternative.IsValid)
                ? []
                : alternatives.Select(alternative => Of(alternative, root, name)).MinBy(problems => problems.Count()) ?? [];
    }

    private static IEnumerable<string> Told(string keyword, JsonNode? rules, JsonElement value, string place)
    {
        var rule = keyword is "" ? null : rules![keyword];

        return keyword switch
        {
            "" => [$"{place} is not known here"],
            "type" => [$"{place} should be {(rule is JsonArray types ? string.Join(" or ", types) : rule)}, and is {Text(value)}"],
            "enum" => [$"{place} should be one of {string.Join(", ", rule!.AsArray().Select(allowed => allowed?.ToJsonString()))}, and is {Text(value)}"],
            "const" => [$"{place} should be {rule!.ToJsonString()}, and is {Text(value)}"],
            "pattern" => [$"{place} should match {rule}, and is {Text(value)}"],
            "minLength" => [$"{place} should have at least {rule} characters, and is {Text(value)}"],
            "maxLength" => [$"{place} should have at most {rule} characters, and is {Text(value)}"],
            "minimum" => [$"{place} should be at least {rule}, and is {Text(value)}"],
            "maximum" => [$"{place} should be at most {rule}, and is {Text(value)}"],
            "minItems" => [$"{place} should have at least {rule} items, and has {value.GetArrayLength()}"],
            "maxItems" => [$"{place} should have at most {rule} items, and has {value.GetArrayLength()}"],
            "minProperties" => [$"{place} should have at least {rule} fields, and has {value.EnumerateObject().Count()}"],
            "maxProperties" => [$"{place} should have at most {rule} fields, and has {string.Join(", ", value.EnumerateObject().Select(field => field.Name))}"],
            "uniqueItems" => value.EnumerateArray()
                .Select(Text)
                .CountBy(item => item)
                .Where(item => item.Value > 1)
                .Select(item => $"{place} has {item.Key} more than once"),
            "required" => rule!.AsArray()
                .Select(field => (string)field!)
                .Where(field => !value.TryGetProperty(field, out _))
                .Select(field => $"{Join(place, field)} is missing"),
            _ => throw new NotSupportedException(
                $"{place}: add a message for violations of `{keyword}` to DocumentSchema, or use another keyword in the schema."),
        };
    }

    /// <summary>The part of the schema that an evaluation's path leads to, references followed.</summary>
    private JsonNode? Rule(JsonPointer path) =>
        Steps(path).Aggregate((JsonNode?)rules, (node, step) => step is "$ref" && node is JsonObject map && map["$ref"] is JsonValue reference
            ? rules["definitions"]![((string)reference!).Split('/')[^1]]
            : node is JsonArray list ? list[int.Parse(step)] : node![step]);

    private static string Place(JsonPointer pointer, JsonElement root)
    {
        var (place, at) = ("", root);

        foreach (var step in Steps(pointer))
        {
            (place, at) = at.ValueKind is JsonValueKind.Array
                ? ($"{place}[{step}]", at[int.Parse(step)])
                : (Join(place, step), at.TryGetProperty(step, out var inner) ? inner : default);
        }

        return place is "" ? "the document" : place;
    }

    private static string[] Steps(JsonPointer pointer) =>
        [
            .. pointer.ToString()
                .Split('/')
                .Skip(1)
                .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        ];

    private static string Join(string place, string field) => place is "" or "the document" ? field : $"{place}.{field}";

    private static string Text(JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "empty" : JsonSerializer.Serialize(value, Plain);

        return text.Length <= 80 ? text : text[..80] + " …";
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
