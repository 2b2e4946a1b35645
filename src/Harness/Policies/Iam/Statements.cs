using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Iam;

/// <summary>Reads the statements of a policy that an attribute holds.</summary>
public static class Statements
{
    private const string Document = "aws_iam_policy_document";

    /// <returns>Null where the plan does not say what the policy will be.</returns>
    public static IReadOnlyList<Statement>? Of(Subject subject, string attribute)
    {
        if (subject.Value(attribute) is { IsKnown: true, Value: JsonValue value })
        {
            return value.TryGetValue<string>(out var text) ? OfJson(text) : null;
        }

        // Not known, since the document holds what only the apply will tell. The document itself is in the plan, to be read then.
        var documents = subject.Referred(attribute).Where(referred => referred is { Mode: "data", Type: Document }).ToArray();
        var read = documents.Select(document => OfDocument(subject.Beside(document))).ToArray();

        return read is [] || read.Any(statements => statements is null) ? null : [.. read.SelectMany(statements => statements!)];
    }

    private static List<Statement>? OfJson(string text)
    {
        try
        {
            return JsonNode.Parse(text)?["Statement"] switch
            {
                JsonArray list => [.. list.Select(statement => OfJson(statement!.AsObject()))],
                JsonObject one => [OfJson(one)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            // Terraform's provider refuses it; here it is not known what it would allow.
            return null;
        }
    }

    private static Statement OfJson(JsonObject statement) => new(
        (string?)statement["Sid"],
        (string?)statement["Effect"] is "Allow",
        Texts(statement["Action"] ?? statement["NotAction"]),
        statement["NotAction"] is not null,
        Texts(statement["Resource"] ?? statement["NotResource"]),
        statement["NotResource"] is not null,
        statement["Principal"] switch
        {
            JsonObject map => [.. map.Select(pair => new Principal(pair.Key, Texts(pair.Value)))],
            JsonValue => [new Principal("*", ["*"])],
            _ => statement["NotPrincipal"] is null ? [] : Others((string?)statement["Effect"] is "Allow"),
        },
        [
            .. from test in statement["Condition"] as JsonObject ?? []
               from key in test.Value!.AsObject()
               select new Condition(test.Key, key.Key, Texts(key.Value)),
        ]);

    // Documents that are put into it are known as JSON, or not at all.
    private static List<Statement>? OfDocument(Subject document) =>
        Own(document) is { } own
        && Included(document, "source_policy_documents") is { } sources
        && Included(document, "override_policy_documents") is { } overrides
            ? [.. own, .. sources, .. overrides]
            : null;

    private static List<Statement>? Included(Subject document, string attribute)
    {
        if (PlanTree.HasUnknown(document.Resource.AfterUnknown?[attribute]))
        {
            return null;
        }

        var read = PlanTree.Texts(document.Resource.After?[attribute]).Select(text => text is null ? null : OfJson(text)).ToArray();

        return read.Any(statements => statements is null) ? null : [.. read.SelectMany(statements => statements!)];
    }

    private static List<Statement>? Own(Subject document)
    {
        if (document.Blocks("statement") is not { } blocks)
        {
            return null;
        }

        // A text that is not known comes from something else in the plan. Where only things of AWS can have decided it, it names one of them.
        var decided = document.Referred("statement") is { Count: > 0 } referred
            && referred.All(IsOneThing)
            && document.References.Of(document.Resource, "statement").All(PlanReferences.IsResource);
        var unknown = document.Resource.AfterUnknown?["statement"] as JsonArray;
        var read = blocks.Select((block, at) => OfBlock(block, at < unknown?.Count ? unknown[at] : null, decided)).ToArray();

        return read.Any(statement => statement is null) ? null : [.. read.Select(statement => statement!)];
    }

    // What a parameter or a secret holds may be anything, a wildcard too.
    private static bool IsOneThing(ResourceChange referred) =>
        referred.Type.StartsWith("aws_", StringComparison.Ordinal) && referred.Type is not ("aws_ssm_parameter" or "aws_secretsmanager_secret_version");

    private static Statement? OfBlock(JsonNode block, JsonNode? unknown, bool decided)
    {
        string[] deciding = ["actions", "not_actions", "effect"];

        if (unknown is JsonValue || deciding.Any(name => PlanTree.HasUnknown(unknown?[name])) || (!decided && PlanTree.HasUnknown(unknown)))
        {
            return null;
        }

        var (actions, resources) = (Known(block["actions"], unknown?["actions"]), Known(block["resources"], unknown?["resources"]));
        var (notActions, notResources) = (Known(block["not_actions"], unknown?["not_actions"]), Known(block["not_resources"], unknown?["not_resources"]));

        return new(
            (string?)block["sid"],
            (string?)block["effect"] is null or "Allow",
            [.. actions, .. notActions],
            notActions is not [],
            [.. resources, .. notResources],
            notResources is not [],
            [
                .. Items(block["principals"]).Select((one, at) => new Principal(
                    (string?)one["type"] ?? Statement.Computed, Known(one["identifiers"], PlanTree.Item(unknown?["principals"], at)?["identifiers"]))),
                .. Items(block["not_principals"]).Any() ? Others((string?)block["effect"] is null or "Allow") : [],
            ],
            [.. Items(block["condition"]).Select((one, at) =>
                new Condition((string)one["test"]!, (string)one["variable"]!, Known(one["values"], PlanTree.Item(unknown?["condition"], at)?["values"])))]);
    }

    // Texts of a list; those that are not known as what a resource decides. A list that is not known at all is one of them.
    private static IReadOnlyList<string> Known(JsonNode? texts, JsonNode? unknown) => (texts, unknown) switch
    {
        (JsonArray, _) => [.. PlanTree.Texts(texts).Select(text => text ?? Statement.Computed)],
        (_, not null) when PlanTree.HasUnknown(unknown) => [Statement.Computed],
        _ => [],
    };

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    // Everyone but some, where it allows. What it refuses to all but some is not counted on.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    private static IReadOnlyList<Principal> Others(bool allows) => allows ? [new Principal("*", ["*"])] : [];

    private static IReadOnlyList<string> Texts(JsonNode? value) => [.. PlanTree.Texts(value).Select(text => text ?? "")];
}
