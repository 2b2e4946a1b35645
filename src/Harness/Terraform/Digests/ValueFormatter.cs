using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Digests;

/// <summary>Values as a reviewer sees them: one line, shortened, without what is sensitive or unknown.</summary>
internal static class ValueFormatter
{
    public const string Sensitive = "(sensitive)";

    public const string Unknown = "(known after apply)";

    private const int Longest = 120;

    // Letters of any language are readable, control characters are escaped.
    private static readonly JsonSerializerOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A copy of a value with everything replaced that <paramref name="sensitive"/> or <paramref name="unknown"/> marks.</summary>
    public static JsonNode? Mask(JsonNode? value, JsonNode? sensitive, JsonNode? unknown = null)
    {
        if (IsTrue(sensitive))
        {
            return Sensitive;
        }

        if (IsTrue(unknown))
        {
            return Unknown;
        }

        return (value, unknown) switch
        {
            (JsonObject map, _) => new JsonObject(
                map.Select(pair => pair.Key).Concat((unknown as JsonObject ?? []).Where(pair => HasTrue(pair.Value)).Select(pair => pair.Key)).Distinct()
                .Select(key => KeyValuePair.Create(key, Mask(map[key], Of(sensitive, key), Of(unknown, key))))),
            (JsonArray list, _) => new JsonArray([
                .. Enumerable.Range(0, Math.Max(list.Count, (unknown as JsonArray)?.Count ?? 0))
                    .Select(index => Mask(list.ElementAtOrDefault(index), At(sensitive, index), At(unknown, index)))
            ]),
            (null, JsonObject or JsonArray) when HasTrue(unknown) => Unknown,
            _ => value?.DeepClone(),
        };
    }

    /// <summary>One line of at most about 120 characters.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when IsMark(text) => (string)text!,
        _ => Shorten(value.ToJsonString(Layout)
            .Replace($"\"{Unknown}\"", Unknown, StringComparison.Ordinal)
            .Replace($"\"{Sensitive}\"", Sensitive, StringComparison.Ordinal)),
    };

    /// <summary>The beginning and the end of a text that is too long, and how much is missing.</summary>
    public static string Shorten(string text, int longest = Longest)
    {
        if (text.Length <= longest)
        {
            return OneLine(text);
        }

        var (head, tail) = (longest * 2 / 3, longest / 4);

        // Not between the halves of a character outside the basic plane.
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail -= char.IsLowSurrogate(text[^tail]) ? 1 : 0;

        return OneLine($"{text[..head]} … {text.Length - head - tail} more … {text[^tail..]}");
    }

    public static bool IsMark(JsonNode? value) =>
        value is JsonValue text && text.GetValueKind() is JsonValueKind.String && (string?)text is Sensitive or Unknown;

    public static bool IsTrue(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.True;

    public static bool HasTrue(JsonNode? node) => node switch
    {
        JsonObject map => map.Any(pair => HasTrue(pair.Value)),
        JsonArray list => list.Any(HasTrue),
        _ => IsTrue(node),
    };

    public static JsonNode? Of(JsonNode? node, string key) => node is JsonObject map ? map[key] : null;

    public static JsonNode? At(JsonNode? node, int index) => node is JsonArray list && index < list.Count ? list[index] : null;

    private static string OneLine(string text) => text.ReplaceLineEndings("⏎").Replace('\t', ' ');
}
