using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Causeway.Harness.Contract;

/// <summary>A kind of objective: <c>schemas/objectives/&lt;kind&gt;.json</c>, found by its place.</summary>
/// <param name="Description">What an objective of this kind measures.</param>
/// <param name="Objective">The schema of one objective, without its field <c>kind</c>.</param>
public sealed record ObjectiveKind(string Description, JsonObject Objective)
{
    /// <summary>The file's name.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";
}
