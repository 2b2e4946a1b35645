using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>What a plan says an attribute will be.</summary>
/// <param name="Value">Null where it is not known.</param>
public sealed record PlannedValue(JsonNode? Value, bool IsKnown);
