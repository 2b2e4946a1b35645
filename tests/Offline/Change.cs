using System.Text.Json.Nodes;

namespace Causeway.Offline;

/// <summary>Changes a tree at a place named by keys and indexes between slashes; <c>~1</c> stands for a slash in a key.</summary>
internal static class Change
{
    public static void Set(JsonNode root, string path, JsonNode? value)
    {
        var (parent, last) = Find(root, path);

        if (parent is JsonArray list)
        {
            list[int.Parse(last)] = value?.DeepClone();
        }
        else
        {
            parent.AsObject()[last] = value?.DeepClone();
        }
    }

    /// <exception cref="KeyNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    public static void Remove(JsonNode root, string path)
    {
        var (parent, last) = Find(root, path);

        if (parent is JsonArray list)
        {
            list.RemoveAt(int.Parse(last));
        }
        else if (!parent.AsObject().Remove(last))
        {
            throw new KeyNotFoundException($"{path}: there is nothing to remove.");
        }
    }

    private static (JsonNode Parent, string Last) Find(JsonNode root, string path)
    {
        string[] steps = [.. path.Trim('/').Split('/').Select(step => step.Replace("~1", "/"))];
        var parent = root;

        foreach (var step in steps[..^1])
        {
            parent = (parent is JsonArray list ? list[int.Parse(step)] : parent[step]) ?? throw new KeyNotFoundException($"{path}: there is no {step}.");
        }

        return (parent, steps[^1]);
    }
}
