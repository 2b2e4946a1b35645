using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>What a plan does to an output of the root.</summary>
public sealed record OutputChange(
    string Name, IReadOnlyList<string> Actions, JsonNode? Before, JsonNode? After, JsonNode? AfterUnknown, JsonNode? BeforeSensitive, JsonNode? AfterSensitive)
{
    public ChangeKind Kind { get; } = ResourceChange.KindOf(Actions);

    internal static OutputChange Parse(string name, JsonNode change) => new(
        name,
        [.. change["actions"]!.AsArray().Select(action => (string)action!)],
        change["before"],
        change["after"],
        change["after_unknown"],
        change["before_sensitive"],
        change["after_sensitive"]);
}
