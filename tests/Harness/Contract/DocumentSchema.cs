using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Contract;

/// <summary>
/// Says where a document does not fit its schema: the keywords of JSON Schema draft 7 that <c>schemas/</c> uses, no others.
/// Helm judges the same documents when a chart is rendered; a test holds both against the same faults.
/// </summary>
/// <param name="schema">A whole schema with its <c>definitions</c>.</param>
public sealed class DocumentSchema(JsonObject schema)
{
    /// <summary>The schema of one kind of document, <c>workload</c>, <c>environment</c> or <c>release</c>, below a tree's <c>schemas/</c>.</summary>
    public static DocumentSchema Load(string tree, string document) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(tree, "schemas", $"{document}.schema.json")))!.AsObject());

    /// <summary>Every misfit, each beginning with the field's path; empty where the document fits.</summary>
    /// <exception cref="NotSupportedException">The schema has a keyword that is not known here, and would go unchecked.</exception>
    public IReadOnlyList<string> Problems(JsonNode? document) => [.. Check(document, schema, "")];

    private IEnumerable<string> Check(JsonNode? value, JsonNode rules, string at)
    {
        if (rules is JsonValue always)
        {
            return always.GetValueKind() is JsonValueKind.False ? [$"{Place(at)} is not known here"] : [];
        }

        var map = rules.AsObject();

        // Draft 7 ignores what stands beside a reference.
        return (string?)map["$ref"] is { } reference
            ? Check(value, Definition(reference), at)
            : map.SelectMany(rule => Check(value, map, rule.Key, rule.Value!, at));
    }

    private IEnumerable<string> Check(JsonNode? value, JsonObject rules, string keyword, JsonNode rule, string at) => (keyword, value) switch
    {
        ("$schema" or "title" or "description" or "definitions" or "then" or "else", _) => [],
        ("type", _) => Types(rule).Any(type => IsOf(value, type)) ? [] : [$"{Place(at)} should be {string.Join(" or ", Types(rule))}, and is {Text(value)}"],
        ("enum", _) => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)) ? [] : [$"{Place(at)} should be one of {string.Join(", ", rule.AsArray().Select(Text))}, and is {Text(value)}"],
        ("const", _) => JsonNode.DeepEquals(rule, value) ? [] : [$"{Place(at)} should be {Text(rule)}, and is {Text(value)}"],
        ("not", _) => Check(value, rule, at).Any() ? [] : [$"{Place(at)} is {Text(value)}, which is not allowed"],
        ("if", _) => Check(value, rule, at).Any() ? Branch(value, rules["else"], at) : Branch(value, rules["then"], at),
        ("pattern", JsonValue) when AsText(value) is { } text => Regex.IsMatch(text, (string)rule!, RegexOptions.ECMAScript) ? [] : [$"{Place(at)} should match {(string)rule!}, and is {Text(value)}"],
        ("minLength", JsonValue) when AsText(value) is { } text => Length(text) >= Number(rule) ? [] : [$"{Place(at)} should have at least {rule} characters"],
        ("maxLength", JsonValue) when AsText(value) is { } text => Length(text) <= Number(rule) ? [] : [$"{Place(at)} should have at most {rule} characters"],
        ("minimum", JsonValue) when IsOf(value, "number") => Number(value!) >= Number(rule) ? [] : [$"{Place(at)} should be at least {rule}, and is {Text(value)}"],
        ("maximum", JsonValue) when IsOf(value, "number") => Number(value!) <= Number(rule) ? [] : [$"{Place(at)} should be at most {rule}, and is {Text(value)}"],
        ("minItems", JsonArray list) => list.Count >= Number(rule) ? [] : [$"{Place(at)} should have at least {rule} items, and has {list.Count}"],
        ("maxItems", JsonArray list) => list.Count <= Number(rule) ? [] : [$"{Place(at)} should have at most {rule} items, and has {list.Count}"],
        ("uniqueItems", JsonArray list) => list.Where((item, index) => list.Take(index).Any(other => JsonNode.DeepEquals(item, other))).Select(item => $"{Place(at)} has {Text(item)} twice"),
        ("items", JsonArray list) => list.SelectMany((item, index) => Check(item, rule, $"{at}[{index}]")),
        ("minProperties", JsonObject fields) => fields.Count >= Number(rule) ? [] : [$"{Place(at)} should have at least {rule} fields, and has {fields.Count}"],
        ("maxProperties", JsonObject fields) => fields.Count <= Number(rule) ? [] : [$"{Place(at)} should have at most {rule} fields, and has {fields.Count}: {string.Join(", ", fields.Select(field => field.Key))}"],
        ("required", JsonObject fields) => rule.AsArray().Where(name => !fields.ContainsKey((string)name!)).Select(name => $"{Join(at, (string)name!)} is missing"),
        ("properties", JsonObject fields) => rule.AsObject().Where(property => fields.ContainsKey(property.Key)).SelectMany(property => Check(fields[property.Key], property.Value!, Join(at, property.Key))),
        ("propertyNames", JsonObject fields) => fields.SelectMany(field => Check(JsonValue.Create(field.Key), rule, Join(at, field.Key)).Select(problem => $"{problem} (as a name)")),
        ("additionalProperties", JsonObject fields) => fields.Where(field => rules["properties"] is not JsonObject known || !known.ContainsKey(field.Key)).SelectMany(field => Check(field.Value, rule, Join(at, field.Key))),
        ("pattern" or "minLength" or "maxLength" or "minimum" or "maximum" or "minItems" or "maxItems" or "uniqueItems" or "items" or "minProperties" or "maxProperties" or "required" or "properties" or "propertyNames" or "additionalProperties", _) => [],
        _ => throw new NotSupportedException($"{keyword}: teach DocumentSchema this keyword, or say it with another one."),
    };

    private IEnumerable<string> Branch(JsonNode? value, JsonNode? rules, string at) => rules is null ? [] : Check(value, rules, at);

    private JsonNode Definition(string reference) =>
        schema["definitions"]?[reference.Split('/')[^1]] ?? throw new InvalidDataException($"$ref {reference} leads nowhere.");

    private static string[] Types(JsonNode rule) => rule is JsonArray several ? [.. several.Select(type => (string)type!)] : [(string)rule!];

    private static bool IsOf(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("null", null or JsonValueKind.Null) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => Number(value!) == decimal.Truncate(Number(value!)),
        _ => false,
    };

    private static string? AsText(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String ? (string?)value : null;

    private static int Length(string text) => new StringInfo(text).LengthInTextElements;

    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(JsonNode? value) => value?.ToJsonString() is { } text ? (text.Length <= 80 ? text : text[..80] + " …") : "empty";

    private static string Place(string at) => at is "" ? "the document" : at;

    private static string Join(string at, string name) => at is "" ? name : $"{at}.{name}";
}
