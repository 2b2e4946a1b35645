using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>A resource from outside of what is run here, as a file declares it for a run: what a message shows as the way out.</summary>
internal static class GivenResource
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line that declares what a data source looks for: its type, and the attributes that it asks for.</summary>
    public static string Lines(string type, Value config, string region)
    {
        var attributes = new JsonObject();

        foreach (var (name, value) in ((Value.Mapping)config).Members.Where(member => IsAttribute(member.Key, member.Value)))
        {
            attributes[name] = value.ToJson();
        }

        var filters = config["filter"].Items
            .Where(filter => filter["name"].AsText is { } name && name is not "tag-key" && !name.StartsWith("tag:", StringComparison.Ordinal));

        foreach (var filter in filters)
        {
            attributes[filter["name"].AsText!.Replace('-', '_')] = filter["values"].Items.Concat([filter["value"]])
                .FirstOrDefault(value => value is Value.Text)?.ToJson();
        }

        if (Tags(config) is { Count: > 0 } tags)
        {
            attributes["tags"] = tags;
        }

        return new JsonObject { ["type"] = type, ["region"] = region, ["attributes"] = attributes }.ToJsonString(Readable);
    }

    // What `Lookup` compares with the resource itself. Blocks and what only steers the search declare nothing.
    private static bool IsAttribute(string name, Value value) =>
        name is not ("region" or "filter" or "tags" or "name_regex") && !Lookup.Steers(name)
        && (value is Value.Text or Value.Bool or Value.Number || value is Value.Sequence { Contents: [Value.Text or Value.Bool or Value.Number, ..] });

    private static JsonObject Tags(Value config)
    {
        var tags = new JsonObject();

        foreach (var (name, value) in (config["tags"] as Value.Mapping)?.Members ?? [])
        {
            tags[name] = value.ToJson();
        }

        foreach (var filter in config["filter"].Items.Where(filter => filter["name"].AsText?.StartsWith("tag:", StringComparison.Ordinal) is true))
        {
            tags[filter["name"].AsText!["tag:".Length..]] = filter["values"].Items.FirstOrDefault(value => value is Value.Text)?.ToJson();
        }

        foreach (var filter in config["filter"].Items.Where(filter => filter["name"].AsText is "tag-key"))
        {
            if (filter["values"].Items is [Value.Text key, ..])
            {
                tags.TryAdd(key.Content, "");
            }
        }

        return tags;
    }
}
