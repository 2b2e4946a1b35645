using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Provider.ComputedValues;

/// <summary>
/// JSON as Go's encoding/json prints it, byte for byte, since configurations compare such texts: two spaces, <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped,
/// everything else beyond ASCII left alone. Source: https://pkg.go.dev/encoding/json#Marshal.
/// </summary>
internal static class GoJson
{
    /// <summary>Members stay in their order; <paramref name="indented"/> is <c>MarshalIndent</c> with two spaces.</summary>
    public static string Write(JsonNode? json, bool indented)
    {
        var text = new StringBuilder();
        Write(text, json, indented ? 0 : null);

        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? json, int? depth)
    {
        switch (json)
        {
            case JsonObject { Count: > 0 } members:
                Enclose(text, '{', '}', depth, [.. members], (member, inner) =>
                {
                    WriteText(text, member.Key);
                    text.Append(depth is null ? ":" : ": ");
                    Write(text, member.Value, inner);
                });
                break;
            case JsonArray { Count: > 0 } items:
                Enclose(text, '[', ']', depth, [.. items], (item, inner) => Write(text, item, inner));
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                WriteText(text, (string)value!);
                break;
            default:
                text.Append(json?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Enclose<T>(StringBuilder text, char open, char close, int? depth, IReadOnlyList<T> contents, Action<T, int?> write)
    {
        text.Append(open);

        foreach (var (position, content) in contents.Index())
        {
            text.Append(position == 0 ? "" : ",");
            NewLine(text, depth + 1);
            write(content, depth + 1);
        }

        NewLine(text, depth);
        text.Append(close);
    }

    private static void NewLine(StringBuilder text, int? depth)
    {
        if (depth is { } levels)
        {
            text.Append('\n').Append(' ', 2 * levels);
        }
    }

    private static void WriteText(StringBuilder text, string content)
    {
        text.Append('"');

        foreach (var character in content)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append($"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
