using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo;

/// <summary>Values as Go sees them.</summary>
internal static class Values
{
    /// <summary>Whether a value is the zero of its type, which Argo CD's merging treats as not given.</summary>
    public static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonObject map => map.Count is 0,
        JsonArray list => list.Count is 0,
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text is "",
        JsonValue scalar when scalar.TryGetValue<bool>(out var on) => !on,
        JsonValue scalar when scalar.TryGetValue<double>(out var number) => number is 0,
        _ => false,
    };
}
