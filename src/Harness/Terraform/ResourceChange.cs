using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>
/// What a plan does to one resource. Values are JSON as Terraform gives it; a sensitivity tree has <c>true</c> where a value must not be shown.
/// </summary>
/// <param name="Module">Address of the module it is in; empty for the root.</param>
/// <param name="Mode"><c>managed</c> or <c>data</c>.</param>
/// <param name="Actions">Terraform's own words, in the order they happen: <c>["delete", "create"]</c>.</param>
/// <param name="AfterUnknown">A tree with <c>true</c> where only the apply will tell.</param>
/// <param name="ReplacePaths">Attributes that force the replacement: <c>root_block_device[0].size</c>.</param>
/// <param name="ActionReason">Terraform's word for why, for example <c>delete_because_no_resource_config</c>.</param>
/// <param name="Importing">Id of the object that is taken over, if one is.</param>
/// <param name="PreviousAddress">Where the resource was before it moved, if it did.</param>
public sealed record ResourceChange(
    string Address,
    string Module,
    string Mode,
    string Type,
    string Name,
    IReadOnlyList<string> Actions,
    JsonNode? Before,
    JsonNode? After,
    JsonNode? AfterUnknown,
    JsonNode? BeforeSensitive,
    JsonNode? AfterSensitive,
    IReadOnlyList<string> ReplacePaths,
    string? ActionReason,
    string? Importing,
    string? PreviousAddress)
{
    public ChangeKind Kind { get; } = KindOf(Actions);

    /// <summary>Nothing happens to it: no action, no move, no import.</summary>
    public bool IsNothing => Kind is ChangeKind.None && Importing is null && PreviousAddress is null;

    /// <summary>
    /// An attribute as a policy may rely on it: known only where the plan says what it will be. Where the plan says nothing (null), the real provider may still
    /// fill in a default that is in no schema; so it counts as unknown, and a policy has to fail closed.
    /// </summary>
    /// <param name="path">Names of attributes and blocks, and indexes of lists as digits: <c>server_side_encryption</c>, <c>0</c>, <c>enabled</c>.</param>
    public PlannedValue Planned(params IReadOnlyList<string> path)
    {
        var (value, unknown) = path.Aggregate(
            (After, AfterUnknown), (at, step) => (Step(at.Item1, step), at.Item2 is JsonValue ? at.Item2 : Step(at.Item2, step)));

        return value is null || unknown is JsonValue ? new PlannedValue(null, IsKnown: false) : new PlannedValue(value, IsKnown: true);
    }

    private static JsonNode? Step(JsonNode? at, string step) => at switch
    {
        JsonObject members => members[step],
        JsonArray items when int.TryParse(step, out var index) && index < items.Count => items[index],
        _ => null,
    };

    internal static ChangeKind KindOf(IReadOnlyList<string> actions) => actions switch
    {
        ["no-op"] => ChangeKind.None,
        ["read"] => ChangeKind.Read,
        ["create"] => ChangeKind.Create,
        ["update"] => ChangeKind.Update,
        ["delete"] => ChangeKind.Delete,
        ["forget"] => ChangeKind.Forget,
        [_, _] => ChangeKind.Replace,
        _ => throw new InvalidDataException($"Terraform plans the actions [{string.Join(", ", actions)}], which are not known here."),
    };

    internal static ResourceChange Parse(JsonNode node)
    {
        var change = node["change"]!;

        return new(
            (string)node["address"]!,
            (string?)node["module_address"] ?? "",
            (string?)node["mode"] ?? "managed",
            (string?)node["type"] ?? "",
            (string?)node["name"] ?? "",
            [.. change["actions"]!.AsArray().Select(action => (string)action!)],
            change["before"],
            change["after"],
            change["after_unknown"],
            change["before_sensitive"],
            change["after_sensitive"],
            [.. (change["replace_paths"] as JsonArray ?? []).Select(path => PathText(path!.AsArray()))],
            (string?)node["action_reason"],
            change["importing"] is JsonObject importing ? (string?)importing["id"] ?? importing["identity"]?.ToJsonString() ?? "unknown" : null,
            (string?)node["previous_address"]);
    }

    private static string PathText(JsonArray path) =>
        string.Concat(path.Select((step, index) =>
            step!.GetValueKind() is not System.Text.Json.JsonValueKind.String ? $"[{step.ToJsonString()}]"
            : index == 0 ? (string)step!
            : $".{(string)step!}"));
}
