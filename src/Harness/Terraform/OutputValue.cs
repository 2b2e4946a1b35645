using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>An output of the root.</summary>
public sealed record OutputValue(string Name, JsonNode? Value, bool Sensitive);
