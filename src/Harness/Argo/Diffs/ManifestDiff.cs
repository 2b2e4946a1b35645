using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Digests;

namespace Causeway.Harness.Argo.Diffs;

/// <summary>What differs between two states of an object, one line for each value.</summary>
internal static class ManifestDiff
{
    /// <summary>Lines such as <c>spec.template.spec.containers.web.image: "…" → "…"</c>; empty where both are the same.</summary>
    public static IReadOnlyList<string> Between(JsonObject before, JsonObject after) =>
        JsonNode.DeepEquals(before, after) ? []
        : ValueDiff.Between(ByName(before), ByName(after)) is { Count: > 0 } changes ? [.. changes.Select(change => $"{change}")]
        : ["the order of a list"];

    // A list of things with names is compared by them: one more at the front does not change all others. Values of a chart are a document in a text.
    private static JsonNode? ByName(JsonNode? node) => node switch
    {
        JsonArray list when list.Count > 0 && Names(list) is { } names =>
            new JsonObject([.. list.Zip(names, (item, name) => KeyValuePair.Create(name, ByName(item)))]),
        JsonArray list => new JsonArray([.. list.Select(ByName)]),
        JsonObject map => new JsonObject(
            [.. map.Select(pair => KeyValuePair.Create(pair.Key, ByName(pair.Key is "values" ? Document(pair.Value) : pair.Value)))]),
        _ => node?.DeepClone(),
    };

    private static string[]? Names(JsonArray list)
    {
        string[] names = [.. list.Select(item => (item as JsonObject)?["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : "")];

        return names.All(name => name is not "") && names.Distinct().Count() == names.Length ? names : null;
    }

    private static JsonNode? Document(JsonNode? value)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var yaml))
        {
            return value;
        }

        try
        {
            return Yaml.Load(yaml) is [JsonObject only] ? only : value;
        }
        catch (InvalidDataException)
        {
            return value; // a text that is called so
        }
    }
}
