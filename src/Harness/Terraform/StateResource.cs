using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>A resource as the state has it.</summary>
/// <param name="Module">Address of the module it is in; empty for the root.</param>
/// <param name="Mode"><c>managed</c> or <c>data</c>.</param>
/// <param name="Sensitive">A tree with <c>true</c> where a value must not be shown.</param>
public sealed record StateResource(
    string Address, string Module, string Mode, string Type, string Name, string Provider, JsonObject Values, JsonNode? Sensitive);
