using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Generators;

/// <summary>Parameters as a selector sees them: each value by its path, <c>release.pins.revision</c> or <c>path.segments.0</c>, as a text.</summary>
internal static class Flattened
{
    public static IReadOnlyDictionary<string, string> Of(JsonObject parameters) =>
        Leaves(parameters, "").ToDictionary(leaf => leaf.Path, leaf => leaf.Text, StringComparer.Ordinal);

    private static IEnumerable<(string Path, string Text)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.SelectMany(pair => Leaves(pair.Value, Join(path, pair.Key))),
        JsonArray list => list.SelectMany((item, index) => Leaves(item, Join(path, $"{index}"))),
        JsonValue value when value.TryGetValue<string>(out var text) => [(path, text)],
        JsonValue value => [(path, value.ToJsonString())],
        _ => [(path, "<nil>")],
    };

    private static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";
}
