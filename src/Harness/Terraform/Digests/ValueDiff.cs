using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Digests;

/// <summary>What differs between two masked values, as few and short lines as will do.</summary>
internal static partial class ValueDiff
{
    public static IReadOnlyList<ValueChange> Between(JsonNode? before, JsonNode? after) => [.. Compare("", before, after)];

    private static IEnumerable<ValueChange> Compare(string path, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return [];
        }

        return (before, after) switch
        {
            (JsonObject was, JsonObject now) => was.Select(pair => pair.Key)
                .Union(now.Select(pair => pair.Key))
                .Order(StringComparer.Ordinal)
                .SelectMany(key => Compare(Join(path, key), was[key], now[key])),
            (JsonArray was, JsonArray now) => Lists(path, was, now),
            (JsonValue was, JsonValue now) when Document(was) is { } old && Document(now) is { } changed => Documents(path, old, changed),
            _ => [new(path, ValueFormatter.Text(before), ValueFormatter.Text(after))],
        };
    }

    // A document in a text, such as a policy: its own differences, where there are any but layout.
    private static IEnumerable<ValueChange> Documents(string path, JsonNode before, JsonNode after)
    {
        ValueChange[] inside = [.. Compare(path, before, after)];

        return inside is [] ? [new(path, "(the same document", "laid out otherwise)")] : inside;
    }

    // Lists of simple values are compared as a whole: what was added and what was taken out says more than positions.
    private static IEnumerable<ValueChange> Lists(string path, JsonArray was, JsonArray now)
    {
        if (was.Count == now.Count && was.Concat(now).Any(item => item is JsonObject or JsonArray))
        {
            return was.Zip(now).SelectMany((pair, index) => Compare($"{path}[{index}]", pair.First, pair.Second));
        }

        var (removed, added) = (Without(was, now), Without(now, was));

        return removed is [] && added is []
            ? [new(path, ValueFormatter.Text(was), ValueFormatter.Text(now))]
            : was.Count + now.Count > 2 && removed.Length + added.Length < was.Count + now.Count
                ? [
                    .. removed.Select(item => new ValueChange($"{path}[-]", ValueFormatter.Text(item), "(removed)")),
                    .. added.Select(item => new ValueChange($"{path}[+]", "(added)", ValueFormatter.Text(item)))
                ]
                : [new(path, ValueFormatter.Text(was), ValueFormatter.Text(now))];
    }

    private static JsonNode?[] Without(JsonArray list, JsonArray other)
    {
        var left = other.ToList();

        return [.. list.Where(item =>
        {
            var same = left.FindIndex(candidate => JsonNode.DeepEquals(item, candidate));

            if (same >= 0)
            {
                left.RemoveAt(same);
            }

            return same < 0;
        })];
    }

    private static JsonNode? Document(JsonValue value)
    {
        if (value.GetValueKind() is not JsonValueKind.String || (string?)value is not { } text || !(text.StartsWith('{') || text.StartsWith('[')))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) is JsonObject or JsonArray ? JsonNode.Parse(text) : null;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string Join(string path, string key)
    {
        var step = Simple().IsMatch(key) ? (path is "" ? key : $".{key}") : $"[{ValueFormatter.Shorten(JsonSerializer.Serialize(key), 60)}]";

        return path + step;
    }

    [GeneratedRegex(@"^[\w-]{1,60}$")]
    private static partial Regex Simple();
}
