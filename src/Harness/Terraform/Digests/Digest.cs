using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Digests;

/// <summary>What a plan does, for a reviewer: a head line with counts, what is lost first, secrets never.</summary>
/// <param name="name">What is planned: <c>dev/foundation</c>.</param>
public sealed class Digest(string name, Plan plan)
{
    private const int MostDetails = 40;

    // What tells one resource of a type from another at a glance; the first three that are there are shown.
    private static readonly string[] Telling =
    [
        "name", "bucket", "identifier", "family", "cluster_identifier", "function_name", "domain_name", "cidr_block", "destination_cidr_block", "cidr_ipv4",
        "availability_zone", "engine", "instance_class", "instance_type", "runtime", "billing_mode", "hash_key", "from_port", "to_port", "ip_protocol",
        "protocol",
        "port", "type", "service_name", "policy_arn", "role", "path", "description", "input",
    ];

    public string Name => name;

    public bool IsEmpty => plan.IsEmpty;

    /// <summary>Name and counts on one line.</summary>
    public string Head => $"{ValueFormatter.Shorten(name, 200)}: {Counts(Entries)}";

    /// <summary>Everything the plan does, in order of rank, then of address. The same plan gives the same list.</summary>
    public IReadOnlyList<DigestEntry> Entries { get; } =
    [
        .. Resources(plan)
            .Concat(plan.Outputs.Where(output => output.Kind is not ChangeKind.None).Select(Entry))
            .Concat(plan.Drift.Where(drift => drift.Kind is ChangeKind.Delete).Select(Gone))
            .Concat(plan.Checks.Where(check => check.Status is "fail" or "error").Select(Failed))
            .OrderBy(entry => entry.Rank).ThenBy(entry => entry.Head, StringComparer.Ordinal),
    ];

    /// <summary>The whole digest as lines of text.</summary>
    public IEnumerable<string> Lines() => [Head, .. Entries.SelectMany(entry => Lines(entry))];

    internal static IEnumerable<string> Lines(DigestEntry entry) => [$"  {entry.Sign,3} {entry.Head}", .. entry.Details.Select(detail => $"        {detail}")];

    internal static string Counts(IReadOnlyList<DigestEntry> entries) =>
        entries is []
            ? "no changes"
            : string.Join(
                ", ", entries.GroupBy(entry => entry.Rank).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Verb(group.Key, group.Count())}"));

    /// <summary>What a look for drift has found.</summary>
    internal static string Differing(int count) => count switch
    {
        0 => "nothing differs",
        1 => "1 resource differs",
        _ => $"{count} resources differ",
    };

    private static string Verb(DigestRank rank, int count) => rank switch
    {
        DigestRank.Destroy => "to destroy",
        DigestRank.Replace => "to replace",
        DigestRank.Change => "to change",
        DigestRank.Move => "moved, imported or forgotten",
        DigestRank.Output => count == 1 ? "output" : "outputs",
        DigestRank.Drift => count == 1 ? "warning" : "warnings",
        _ => "to create",
    };

    private static DigestEntry Gone(ResourceChange drift) =>
        new(DigestRank.Drift, "!", $"{Address(drift.Address)} was deleted outside of Terraform", []);

    private static DigestEntry Failed(Check check) =>
        new(DigestRank.Drift, "!", $"{Address(check.Address)} fails", [.. check.Problems.Select(problem => ValueFormatter.Shorten(problem, 300))]);

    private static IEnumerable<DigestEntry> Resources(Plan plan)
    {
        var configured = new ConfiguredAttributes(plan.Json);

        return plan.Changes.Where(change => change.Kind is not ChangeKind.Read).Select(change => Entry(change, configured));
    }

    private static DigestEntry Entry(ResourceChange change, ConfiguredAttributes configured)
    {
        var address = Address(change.Address);
        var origin = (change.PreviousAddress, change.Importing) switch
        {
            ({ } before, _) => $"  (was {Address(before)})",
            (_, { } id) => $"  (imported: {ValueFormatter.Shorten(id)})",
            _ => "",
        };

        return change.Kind switch
        {
            ChangeKind.Delete => new(DigestRank.Destroy, "-", $"{address}{Summary(change.Before, change.BeforeSensitive, null)}{Reason(change)}{origin}", []),
            ChangeKind.Replace => new(
                DigestRank.Replace, change.Actions[0] == "create" ? "+/-" : "-/+", $"{address}{Forced(change)}{origin}", Replacement(change, configured)),
            ChangeKind.Update => new(DigestRank.Change, "~", $"{address}{origin}", Differences(change, Between(change))),
            ChangeKind.Create => new(DigestRank.Create, "+", $"{address}{Summary(change.After, change.AfterSensitive, change.AfterUnknown)}", []),
            ChangeKind.Forget => new(DigestRank.Move, ".", $"{address}: forgotten, not destroyed", []),
            _ => new(DigestRank.Move, ">", $"{address}{origin}", []),
        };
    }

    private static DigestEntry Entry(OutputChange output)
    {
        var before = ValueFormatter.Text(ValueFormatter.Mask(output.Before, output.BeforeSensitive));
        var after = ValueFormatter.Text(ValueFormatter.Mask(output.After, output.AfterSensitive, output.AfterUnknown));
        var name = $"output {Address(output.Name)}";

        return output.Kind switch
        {
            ChangeKind.Create => new(DigestRank.Output, "+", $"{name} = {after}", []),
            ChangeKind.Delete => new(DigestRank.Output, "-", $"{name}: {before} → (gone)", []),
            _ => new(DigestRank.Output, "~", $"{name}: {before} → {after}", []),
        };
    }

    /// <summary>What differs in a resource, without secrets.</summary>
    internal static IReadOnlyList<ValueChange> Between(ResourceChange change) =>
        ValueDiff.Between(
            ValueFormatter.Mask(change.Before, change.BeforeSensitive), ValueFormatter.Mask(change.After, change.AfterSensitive, change.AfterUnknown));

    // All that the provider computes is new where a resource is replaced: that is not listed.
    private static string[] Replacement(ResourceChange change, ConfiguredAttributes configured)
    {
        var all = Between(change);
        ValueChange[] computed = [
            .. all.Where(difference => difference.After == ValueFormatter.Unknown)
                .Where(difference => !Forces(change, difference) && configured.IsComputed(change.Address, difference.Path))
        ];

        return [
            .. Differences(change, [.. all.Except(computed)]),
            .. computed is [] ? Array.Empty<string>() : [$"{computed.Length} computed {(computed.Length == 1 ? "value" : "values")}"]
        ];
    }

    private static string[] Differences(ResourceChange change, IReadOnlyList<ValueChange> differences)
    {
        string[] lines = [
            .. differences.OrderBy(difference => !Forces(change, difference))
                .Select(difference => $"{difference}{(Forces(change, difference) ? "   ← forces the replacement" : "")}")
        ];
        string[] all = [.. lines, .. HiddenDifferences(change, differences)];

        return all.Length <= MostDetails ? all : [.. all.Take(MostDetails), $"… and {all.Length - MostDetails} more attributes"];
    }

    // That a secret changes is worth a line, though neither value is shown.
    private static IEnumerable<string> HiddenDifferences(ResourceChange change, IReadOnlyList<ValueChange> shown) =>
        (change.Before as JsonObject ?? [])
            .Where(pair => ValueFormatter.HasTrue(ValueFormatter.Of(change.BeforeSensitive, pair.Key)))
            .Where(pair => !JsonNode.DeepEquals(pair.Value, ValueFormatter.Of(change.After, pair.Key)))
            .Select(pair => pair.Key)
            .Where(name => !shown.Any(difference => difference.Path.Split('.', '[')[0] == name))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{ValueFormatter.Shorten(name, 60)}: {ValueFormatter.Sensitive} → another {ValueFormatter.Sensitive}");

    private static bool Forces(ResourceChange change, ValueChange difference) =>
        change.ReplacePaths.Any(
            path => difference.Path == path || (difference.Path.StartsWith(path, StringComparison.Ordinal) && difference.Path[path.Length] is '.' or '['));

    private static string Forced(ResourceChange change) => change switch
    {
        { ReplacePaths: { Count: > 0 } paths } => $"   forced by {ValueFormatter.Shorten(string.Join(", ", paths))}",
        { ActionReason: "replace_because_tainted" } => "   because its creation failed halfway (tainted)",
        { ActionReason: "replace_by_request" } => "   because -replace asks for it",
        { ActionReason: "replace_by_triggers" } => "   forced by replace_triggered_by",
        _ => "",
    };

    private static string Reason(ResourceChange change) => change.ActionReason switch
    {
        "delete_because_no_resource_config" => "   (no longer in the configuration)",
        "delete_because_no_module" => "   (its module is no longer called)",
        "delete_because_each_key" => "   (its key is no longer in for_each)",
        "delete_because_count_index" => "   (beyond count)",
        "delete_because_no_move_target" => "   (what it was moved to is not there)",
        "delete_because_wrong_repetition" => "   (count or for_each was added or removed)",
        _ => "",
    };

    private static string Summary(JsonNode? values, JsonNode? sensitive, JsonNode? unknown)
    {
        var shown = ValueFormatter.Mask(values, sensitive, unknown) as JsonObject ?? [];
        string[] telling =
        [
            .. Telling.Where(
                attribute => shown[attribute] is JsonValue value && !ValueFormatter.IsMark(value) && value.GetValueKind() is not JsonValueKind.Null)
                .Take(3)
                .Select(attribute => $"{attribute} = {ValueFormatter.Shorten(ValueFormatter.Text(shown[attribute]), 60)}"),
        ];

        return telling is [] ? "" : $"   {string.Join(", ", telling)}";
    }

    private static string Address(string address) => ValueFormatter.Shorten(address, 300);
}
