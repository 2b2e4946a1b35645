using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>A condition of the configuration (<c>check</c>, pre- or postcondition, variable validation) and how it went.</summary>
/// <param name="Status"><c>pass</c>, <c>fail</c>, <c>error</c> or <c>unknown</c>.</param>
public sealed record Check(string Address, string Status, IReadOnlyList<string> Problems)
{
    internal static Check Parse(JsonNode node) => new(
        (string)node["address"]!["to_display"]!,
        (string)node["status"]!,
        [
            .. (node["instances"] as JsonArray ?? [])
                .SelectMany(instance => instance!["problems"] as JsonArray ?? [])
                .Select(problem => (string)problem!["message"]!)
        ]);
}
