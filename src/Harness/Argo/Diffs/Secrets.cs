using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Diffs;

/// <summary>Keeps what Secrets hold out of what is shown: in them, and wherever else the same text stands. That it changes is still seen.</summary>
internal sealed class Secrets
{
    private const string Hidden = "(sensitive)";
    private const string Changed = "(sensitive, changed)";

    // A shorter text is a word that may well stand elsewhere without being the secret.
    private const int Telling = 6;

    private readonly string[] texts;

    /// <param name="objects">All that may be shown.</param>
    public Secrets(IEnumerable<JsonObject> objects) =>
        texts = [.. objects.Where(IsSecret).SelectMany(Held).Where(text => text.Length >= Telling).Distinct().OrderByDescending(text => text.Length)];

    /// <summary>Both states of an object, without what is secret; null where there is only one.</summary>
    public (JsonObject? Before, JsonObject? After) Without(JsonObject? before, JsonObject? after) => (Masked(before, null), Masked(after, before));

    private JsonObject? Masked(JsonObject? item, JsonObject? before)
    {
        if (item is null)
        {
            return null;
        }

        var masked = item.DeepClone().AsObject();

        if (IsSecret(item))
        {
            foreach (var field in new[] { "data", "stringData" })
            {
                foreach (var (name, value) in item[field] as JsonObject ?? [])
                {
                    var was = before?[field]?[name];
                    masked[field]![name] = was is null || JsonNode.DeepEquals(was, value) ? Hidden : Changed;
                }
            }
        }

        return Replaced(masked)!.AsObject();
    }

    private JsonNode? Replaced(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject([.. map.Select(pair => KeyValuePair.Create(pair.Key, Replaced(pair.Value)))]),
        JsonArray list => new JsonArray([.. list.Select(Replaced)]),
        JsonValue value when value.TryGetValue<string>(out var text) =>
            texts.Aggregate(text, (shown, secret) => shown.Replace(secret, Hidden, StringComparison.Ordinal)),
        _ => node?.DeepClone(),
    };

    private static bool IsSecret(JsonObject item) => (string?)item["kind"] is "Secret";

    private static IEnumerable<string> Held(JsonObject secret)
    {
        foreach (var (field, encoded) in new[] { ("stringData", false), ("data", true) })
        {
            foreach (var (_, value) in secret[field] as JsonObject ?? [])
            {
                if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text))
                {
                    yield return text;

                    if (encoded && Decoded(text) is { } plain)
                    {
                        yield return plain;
                    }
                }
            }
        }
    }

    private static string? Decoded(string text)
    {
        var bytes = new byte[text.Length];

        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
