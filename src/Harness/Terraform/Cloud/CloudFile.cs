using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Cloud;

/// <summary>What is in a simulated cloud. Format: src/Provider/Cloud/SimulatedCloud.cs.</summary>
public static class CloudFile
{
    private const string GivenKey = "given-";

    /// <summary>What exists, as <c>type id</c>, in order; without what was given for the run, which Terraform did not make.</summary>
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

        return [.. there.Where(pair => !pair.Key.StartsWith(GivenKey, StringComparison.Ordinal)).Select(pair => pair.Value).Order(StringComparer.Ordinal)];
    }

    /// <exception cref="PlatformException">Something is left that was not given for the run.</exception>
    public static void ExpectEmpty(string path)
    {
        if (Resources(path) is { Count: > 0 } left)
        {
            throw new PlatformException(
                $"{left.Count} resources are left in the simulated cloud after the destroy.",
                "No state has them: they were made outside of Terraform, or the provider did not delete them.",
                string.Join('\n', left));
        }
    }

    /// <summary>Puts a resource that nothing in the run makes. The same one again changes nothing.</summary>
    /// <param name="region">Where it is found; null: in every region.</param>
    public static void Give(string path, string type, string? region, JsonObject attributes)
    {
        var resource = new JsonObject
        {
            ["provider"] = "given",
            ["type"] = type,
            ["account"] = "",
            ["region"] = region ?? "",
            ["values"] = attributes.DeepClone(),
            ["issued"] = new JsonArray([
                .. attributes.Where(pair => IsIdentity(pair.Key))
                    .Select(pair => pair.Value)
                    .OfType<JsonValue>()
                    .Where(value => value.GetValueKind() is JsonValueKind.String)
                    .Select(value => value.DeepClone())
            ]),
        };
        resource.Insert(0, "put", $"{GivenKey}{Fingerprint.Of(resource.ToJsonString())}");
        var line = resource.ToJsonString();

        if (!File.Exists(path) || !File.ReadLines(path).Contains(line))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, line + "\n");
        }
    }

    /// <summary>Changes a resource behind Terraform's back.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="set">Attributes with their new values; null: it is deleted.</param>
    /// <exception cref="InvalidOperationException">There is no such resource.</exception>
    public static void Change(string path, string type, string id, JsonObject? set)
    {
        JsonNode? resource = null;

        foreach (var line in File.ReadLines(path).Select(Parse).OfType<JsonNode>())
        {
            resource = (string?)line["put"] is not null && (string?)line["type"] == type && (string?)line["values"]?["id"] == id ? line
                : resource is not null && (string?)line["delete"] == (string?)resource["put"] ? null
                : resource;
        }

        if (resource is null)
        {
            throw new InvalidOperationException($"There is no {type} {id} in {path}.");
        }

        foreach (var (attribute, value) in set ?? [])
        {
            resource["values"]![attribute] = value?.DeepClone();
        }

        var changed = set is null ? new JsonObject { ["delete"] = (string)resource["put"]! } : resource;
        File.AppendAllText(path, changed.ToJsonString() + "\n");
    }

    // By these others refer to it.
    private static bool IsIdentity(string attribute) =>
        attribute is "id" or "arn" or "name" || attribute.EndsWith("_id", StringComparison.Ordinal) || attribute.EndsWith("_arn", StringComparison.Ordinal);

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
