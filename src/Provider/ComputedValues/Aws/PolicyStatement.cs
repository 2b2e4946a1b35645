using System.Text.Json.Nodes;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// A statement of a policy. Actions and resources are a text, or an array of them, exactly as they will be printed; null where there are none.
/// </summary>
internal sealed record PolicyStatement
{
    public string Sid { get; init; } = "";

    public string Effect { get; init; } = "";

    public JsonNode? Actions { get; init; }

    public JsonNode? NotActions { get; init; }

    public JsonNode? Resources { get; init; }

    public JsonNode? NotResources { get; init; }

    public IReadOnlyList<PolicyPrincipal> Principals { get; init; } = [];

    public IReadOnlyList<PolicyPrincipal> NotPrincipals { get; init; } = [];

    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        Add(json, "Sid", Sid is "" ? null : Sid);
        Add(json, "Effect", Effect is "" ? null : Effect);
        Add(json, "Action", Actions);
        Add(json, "NotAction", NotActions);
        Add(json, "Resource", Resources);
        Add(json, "NotResource", NotResources);
        Add(json, "Principal", PolicyPrincipal.ToJson(Principals));
        Add(json, "NotPrincipal", PolicyPrincipal.ToJson(NotPrincipals));
        Add(json, "Condition", PolicyCondition.ToJson(Conditions));

        return json;
    }

    private static void Add(JsonObject json, string name, JsonNode? content)
    {
        if (content is not null)
        {
            json.Add(name, content.DeepClone());
        }
    }
}

/// <summary>Who: all the identifiers of one type, which was written as a single text or as a list.</summary>
internal sealed record PolicyPrincipal(string Type, IReadOnlyList<string> Identifiers, bool IsSingle)
{
    /// <summary>
    /// Several of one type become one list. Within a list, identifiers are printed in descending order; a single one keeps its place.
    /// Only everyone of every type is <c>"*"</c>: IAM takes <c>{"AWS": "*"}</c> for something else in trust policies.
    /// </summary>
    public static JsonNode? ToJson(IReadOnlyList<PolicyPrincipal> principals)
    {
        if (principals is [])
        {
            return null;
        }

        if (principals is [{ Type: "*", Identifiers: ["*"] }])
        {
            return "*";
        }

        var types = principals.GroupBy(principal => principal.Type).OrderBy(type => type.Key, StringComparer.Ordinal);

        return new JsonObject(types.Select(type =>
        {
            var all = type.SelectMany(principal => principal.Identifiers.OrderDescending(StringComparer.Ordinal)).ToList();

            return KeyValuePair.Create(type.Key, type.ToList() is [{ IsSingle: true }] ? (JsonNode?)all[0] : Texts(all));
        }));
    }

    private static JsonNode Texts(IEnumerable<string> texts) => new JsonArray([.. texts.Select(text => (JsonNode)text)]);
}

/// <summary>When: one operator (<c>StringLike</c>) on one key.</summary>
internal sealed record PolicyCondition(string Test, string Variable, IReadOnlyList<string> Values)
{
    /// <summary>By operator and key, in ascending order; the values of one key stay in theirs, and one alone needs no list.</summary>
    public static JsonNode? ToJson(IReadOnlyList<PolicyCondition> conditions)
    {
        if (conditions is [])
        {
            return null;
        }

        var tests = conditions.GroupBy(condition => condition.Test).OrderBy(test => test.Key, StringComparer.Ordinal);

        return new JsonObject(tests.Select(test => KeyValuePair.Create(
            test.Key,
            (JsonNode?)new JsonObject(test.GroupBy(condition => condition.Variable).OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable =>
            {
                var values = variable.SelectMany(condition => condition.Values).ToList();

                return KeyValuePair.Create(variable.Key, values is [var only] ? (JsonNode?)only : new JsonArray([.. values.Select(value => (JsonNode)value)]));
            })))));
    }
}
