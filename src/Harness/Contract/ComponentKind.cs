using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Causeway.Harness.Contract;

/// <summary>A kind of component: <c>schemas/components/&lt;kind&gt;.json</c>, found by its place.</summary>
/// <param name="Description">What a component of this kind does.</param>
/// <param name="Overrides">The fields that a release may replace, each as a whole.</param>
/// <param name="Component">The schema of one component, without its field <c>kind</c>.</param>
public sealed record ComponentKind(string Description, IReadOnlyList<string> Overrides, JsonObject Component)
{
    /// <summary>The file's name.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>Definitions that only this kind refers to. Two kinds may use the same name.</summary>
    public JsonObject Definitions { get; init; } = [];
}
