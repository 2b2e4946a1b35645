using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>What is in a simulated cloud. Format: tests/Provider/Cloud/SimulatedCloud.cs.</summary>
public static class CloudFile
{
    /// <summary>What exists, as <c>type id</c>, in order.</summary>
    public static IReadOnlyList<string> Resources(string path)
    {
        var there = new SortedDictionary<string, string>(StringComparer.Ordinal);

        foreach (var line in File.Exists(path) ? File.ReadLines(path).Select(Parse).OfType<JsonNode>() : [])
        {
            if ((string?)line["put"] is { } put)
            {
                there[put] = $"{(string?)line["type"]} {(string?)line["values"]?["id"] ?? put}";
            }
            else if ((string?)line["delete"] is { } deleted)
            {
                there.Remove(deleted);
            }
        }

        return [.. there.Values.Order(StringComparer.Ordinal)];
    }

    // A last line that a crash cut short never happened.
    private static JsonNode? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
