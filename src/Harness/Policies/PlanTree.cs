using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies;

/// <summary>Values of a plan, and the trees that say which of them only the apply will tell.</summary>
internal static class PlanTree
{
    /// <summary>Whether anything below a node of an unknown-tree is not known.</summary>
    public static bool HasUnknown(JsonNode? tree) => tree switch
    {
        JsonValue value => value.TryGetValue<bool>(out var unknown) && unknown,
        JsonArray list => list.Any(HasUnknown),
        JsonObject members => members.Any(member => HasUnknown(member.Value)),
        _ => false,
    };

    /// <summary>The texts of a list, or of one text; a text that is not known is null.</summary>
    public static IEnumerable<string?> Texts(JsonNode? value) => value switch
    {
        JsonArray list => list.Select(text => (string?)text),
        JsonValue text => [(string?)text],
        _ => [],
    };

    /// <summary>An item of a list; null where there is none.</summary>
    public static JsonNode? Item(JsonNode? list, int at) => list is JsonArray items && at < items.Count ? items[at] : null;
}
