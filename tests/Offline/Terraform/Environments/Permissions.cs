using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>What AWS has to allow for one kind of resource: <c>tests/Fixtures/permissions/aws/KIND.yaml</c>, written independently of the stack.</summary>
internal sealed class Permissions
{
    private readonly JsonObject table;
    private readonly JsonObject access;

    private Permissions(JsonObject table, JsonObject access) => (this.table, this.access) = (table, access);

    /// <summary>The action that unlocks the environment's key for this kind, and the service it must come through; null: the kind needs no key.</summary>
    public (string Action, string Via)? Key => table["key"] is { } key ? ((string)key["action"]!, (string)key["via"]!) : null;

    /// <summary>Every action that a policy of this kind may name.</summary>
    public IReadOnlySet<string> Actions =>
        Verbs().Concat(Parts().SelectMany(part => ActionsOf(part.Value!["verbs"]!))).Concat(Key is { } key ? [key.Action] : []).ToHashSet();

    public static Permissions? Of(StackTree tree, string kind)
    {
        var file = tree.PathTo("permissions", "aws", $"{kind}.yaml");

        return File.Exists(file) ? new(Yaml.LoadFile(file), JsonNode.Parse(tree.Read($"schemas/resources/{kind}.json"))!["access"]!.AsObject()) : null;
    }

    /// <summary>Verbs of the kind's schema for which the table says nothing, and the other way round.</summary>
    public IReadOnlyList<string> Unmatched => [
        .. access.Select(pair => pair.Key).ToHashSet() is var verbs
            ? verbs.Except(Table().Select(pair => pair.Key)).Concat(Table().Select(pair => pair.Key).Except(verbs))
            : []
    ];

    /// <summary>Each action that concerns a resource, where, and whether a component with this access is to be allowed it.</summary>
    /// <param name="verbs">None: the component does not use the resource.</param>
    public IEnumerable<(string Action, string Arn, bool IsAllowed)> Of(IReadOnlyList<string> verbs, JsonNode? definition, Func<string, string> fill)
    {
        string[] all = [.. verbs.SelectMany(Included)];
        var parts =
            from part in Parts()
            from entry in definition?[part.Key] as JsonObject ?? []
            let arn = fill((string)part.Value!["arn"]!).Replace("{part}", entry.Key, StringComparison.Ordinal)
            from judged in Judge(part.Value!["verbs"]!.AsObject(), all, arn)
            select judged;

        return [.. Judge(Table(), [.. all.Where(verb => IsAbout(verb, definition))], fill((string)table["arn"]!)), .. parts];
    }

    private IEnumerable<(string Action, string Arn, bool IsAllowed)> Judge(JsonObject table, IReadOnlyList<string> verbs, string arn)
    {
        var allowed = verbs.SelectMany(verb => table[verb] is JsonArray actions ? actions.Select(action => (string)action!) : []).ToHashSet();

        return ActionsOf(table).Select(action => (action, arn, allowed.Contains(action)));
    }

    // Whether a verb concerns the resource itself: of some it depends on the definition.
    private bool IsAbout(string verb, JsonNode? definition) =>
        (string?)table["requires"]?[verb] is not { } path || path.Split('/').Aggregate(definition, (node, step) => node?[step]) is not null;

    private IEnumerable<string> Included(string verb) =>
        [verb, .. (access[verb]?["includes"] as JsonArray ?? []).SelectMany(included => Included((string)included!))];

    private JsonObject Table() => table["verbs"]!.AsObject();

    private JsonObject Parts() => table["parts"] as JsonObject ?? [];

    private IEnumerable<string> Verbs() => ActionsOf(Table());

    private static IEnumerable<string> ActionsOf(JsonNode verbs) =>
        verbs.AsObject().SelectMany(pair => pair.Value!.AsArray()).Select(action => (string)action!).Distinct();
}
