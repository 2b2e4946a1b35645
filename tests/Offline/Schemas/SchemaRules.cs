using System.Text.Json.Nodes;

namespace Causeway.Offline.Schemas;

/// <summary>
/// The rules of a JSON schema, each named by a pointer: every keyword that can refuse a value, every entry of a <c>required</c>, and every
/// <c>$ref</c>, since a place that refers to nothing is not checked at all. An entry of <c>allOf</c>, <c>anyOf</c> and <c>patternProperties</c> is
/// named by the definition that it refers to, so that another kind does not change the names.
/// </summary>
internal static class SchemaRules
{
    private static readonly HashSet<string> Simple =
    [
        "$ref", "type", "enum", "const", "not", "pattern", "minLength", "maxLength", "minimum", "maximum",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "if",
    ];

    /// <exception cref="NotSupportedException">The schema has a keyword that is not known here, and would go unchecked.</exception>
    public static IEnumerable<string> Of(JsonObject schema, string at = "") =>
        schema.ContainsKey("$ref")
            ? [$"{at}/$ref"] // draft 7 ignores what stands beside it
            : schema.SelectMany(pair => OfKeyword(pair.Key, pair.Value!, $"{at}/{pair.Key}"));

    /// <summary>A copy of <paramref name="schema"/> without one of its rules.</summary>
    public static JsonObject Without(JsonObject schema, string rule)
    {
        var copy = schema.DeepClone().AsObject();
        var steps = rule.Split('/');

        var parent = steps[1..^1].Aggregate((Node: (JsonNode)copy, Keyword: ""), (at, step) => (Entry(at.Node, at.Keyword, step), step)).Node;

        if (parent is JsonArray list)
        {
            list.Remove(list.Single(entry => (string?)entry == steps[^1]));
        }
        else
        {
            parent.AsObject().Remove(steps[^1]);
        }

        return copy;
    }

    private static JsonNode Entry(JsonNode node, string keyword, string step) => keyword switch
    {
        "allOf" or "anyOf" => node.AsArray().Single(entry => NameOf(entry!) == step)!,
        "patternProperties" => node.AsObject().Single(entry => NameOf(entry.Value!) == step).Value!,
        _ => node[step]!,
    };

    private static string NameOf(JsonNode entry) =>
        ((string?)(entry["$ref"] ?? entry["then"]?["$ref"])
            ?? throw new NotSupportedException($"{entry.ToJsonString()}: let it refer to a definition, which names it."))
            .Split('/')[^1];

    private static IEnumerable<string> OfKeyword(string keyword, JsonNode value, string at) => keyword switch
    {
        "$schema" or "$comment" or "title" or "description" => [],
        "allOf" or "anyOf" => value.AsArray().SelectMany(entry => Of(entry!.AsObject(), $"{at}/{NameOf(entry)}")),
        "patternProperties" => value.AsObject().SelectMany(entry => Of(entry.Value!.AsObject(), $"{at}/{NameOf(entry.Value!)}")),
        "required" => value.AsArray().Select(entry => $"{at}/{entry}"),
        "additionalProperties" when value is JsonValue => [at],
        "additionalProperties" or "propertyNames" or "items" or "then" or "else" => Of(value.AsObject(), at),
        "properties" or "definitions" => value.AsObject().SelectMany(pair => Of(pair.Value!.AsObject(), $"{at}/{pair.Key}")),
        _ when Simple.Contains(keyword) => [at],
        _ => throw new NotSupportedException($"{at}: teach SchemaRules this keyword, or say it with another one."),
    };
}
