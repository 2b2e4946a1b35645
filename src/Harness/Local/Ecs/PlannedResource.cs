using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs;

/// <summary>A resource as a plan says it is, with every value known.</summary>
internal sealed record PlannedResource(string Address, string Type, JsonObject Values)
{
    public JsonNode? this[string attribute] => Values[attribute];

    /// <summary>The one block of a name; null where there is none.</summary>
    public JsonNode? Block(string name) => (Values[name] as JsonArray)?.SingleOrDefault();

    /// <summary>The blocks of a name.</summary>
    public IReadOnlyList<JsonNode> Blocks(string name) => [.. (Values[name] as JsonArray ?? []).OfType<JsonNode>()];
}
