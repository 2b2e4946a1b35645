using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>A policy document, and how one is merged into another.</summary>
internal sealed record PolicyDocument(string Version, string Id, IReadOnlyList<PolicyStatement> Statements)
{
    public static readonly PolicyDocument Empty = new("", "", []);

    /// <summary>
    /// The other's id and its newer version win; a statement with a sid that is already there takes that one's place, every other is appended.
    /// </summary>
    public PolicyDocument Merge(PolicyDocument other)
    {
        var merged = Statements.ToList();

        foreach (var statement in other.Statements)
        {
            var place = statement.Sid is "" ? -1 : merged.FindIndex(existing => existing.Sid == statement.Sid);

            if (place < 0)
            {
                merged.Add(statement);
            }
            else
            {
                merged[place] = statement;
            }
        }

        return new(string.CompareOrdinal(other.Version, Version) > 0 ? other.Version : Version, other.Id is "" ? Id : other.Id, merged);
    }

    public string ToJson(bool indented)
    {
        var json = new JsonObject();

        if (Version is not "")
        {
            json.Add("Version", Version);
        }

        if (Id is not "")
        {
            json.Add("Id", Id);
        }

        if (Statements is not [])
        {
            json.Add("Statement", new JsonArray([.. Statements.Select(statement => statement.ToJson())]));
        }

        return GoJson.Write(json, indented);
    }

    /// <summary>
    /// Reads a document from a configuration. Names are found whatever their case, and what no policy has is dropped, as the real provider does.
    /// </summary>
    /// <exception cref="FormatException">It is not a policy that the provider can merge; the message says why.</exception>
    public static PolicyDocument Parse(string text)
    {
        JsonNode? json;

        try
        {
            json = JsonNode.Parse(text);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"invalid JSON: {fault.Message}", fault);
        }

        if (json is not JsonObject document)
        {
            throw new FormatException("a policy document is a JSON object");
        }

        var statements = Member(document, "Statement") switch
        {
            null => [],
            JsonArray array => array.OfType<JsonObject>().Select(ParseStatement),
            _ => throw new FormatException("Statement has to be an array: the provider cannot merge a single statement written as an object"),
        };

        return new(TextMember(document, "Version"), TextMember(document, "Id"), [.. statements]);
    }

    private static PolicyStatement ParseStatement(JsonObject json) => new()
    {
        Sid = TextMember(json, "Sid"),
        Effect = TextMember(json, "Effect"),
        Actions = Member(json, "Action"),
        NotActions = Member(json, "NotAction"),
        Resources = Member(json, "Resource"),
        NotResources = Member(json, "NotResource"),
        Principals = ParsePrincipals(Member(json, "Principal")),
        NotPrincipals = ParsePrincipals(Member(json, "NotPrincipal")),
        Conditions = ParseConditions(Member(json, "Condition")),
    };

    private static IReadOnlyList<PolicyPrincipal> ParsePrincipals(JsonNode? json) => json switch
    {
        null => [],
        JsonObject types => [.. types.Select(type => type.Value switch
        {
            JsonArray array => new PolicyPrincipal(type.Key, [.. array.Select(identifier => Text(identifier, "a principal"))], IsSingle: false),
            var single => new PolicyPrincipal(type.Key, [Text(single, "a principal")], IsSingle: true),
        })],
        _ when json.GetValueKind() is JsonValueKind.String => [new("*", ["*"], IsSingle: false)],
        _ => throw new FormatException($"{json.ToJsonString()} is not a principal"),
    };

    private static IReadOnlyList<PolicyCondition> ParseConditions(JsonNode? json) => json switch
    {
        null => [],
        JsonObject tests => [.. tests.SelectMany(test => test.Value is JsonObject variables
            ? variables.Select(variable => (Name: variable.Key, Values: ParseValues(variable.Value)))
            .Where(variable => variable.Values is not null)
            .Select(variable => new PolicyCondition(test.Key, variable.Name, variable.Values!))
            : throw new FormatException($"the condition {test.Key} has to be an object"))],
        _ => throw new FormatException("Condition has to be an object"),
    };

    // Numbers vanish, since the real provider knows no such case; a number in a condition is dropped here as well.
    private static IReadOnlyList<string>? ParseValues(JsonNode? json) => json switch
    {
        JsonArray array => [.. array.Select(value => Text(value, "a condition's value"))],
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => [(string)value!],
            JsonValueKind.True => ["true"],
            JsonValueKind.False => ["false"],
            _ => null,
        },
        _ => null,
    };

    private static string Text(JsonNode? json, string what) =>
        json?.GetValueKind() is JsonValueKind.String
            ? (string)json!
            : throw new FormatException($"{what} has to be a string, not {json?.ToJsonString() ?? "null"}");

    private static string TextMember(JsonObject json, string name) => Member(json, name) is { } member ? Text(member, name) : "";

    private static JsonNode? Member(JsonObject json, string name) =>
        json.LastOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}
