using System.Text.Json.Nodes;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// <c>aws_iam_policy_document</c>, for real: it needs no cloud. The real one's behaviour, its order included, is in internal/service/iam of
/// hashicorp/terraform-provider-aws (policy_document_data_source.go, policy_model.go).
/// </summary>
internal static class PolicyDocumentValues
{
    public static Value Read(Value config, ProviderContext context)
    {
        var document = Overrides(config).Aggregate(Sources(config).Append(Own(config)).Aggregate(PolicyDocument.Empty, Merge), Merge);
        var json = document.ToJson(indented: true);

        return Value.Object(
            ("id", Value.Of(Derived.Checksum(json).ToString())),
            ("json", Value.Of(json)),
            ("minified_json", Value.Of(document.ToJson(indented: false))),
            ("version", Value.Of(Version(config))),
            ("statement", Value.List(config["statement"].Items.Select(WithDefaults))));
    }

    private static PolicyDocument Merge(PolicyDocument into, PolicyDocument from) => into.Merge(from);

    private static string Version(Value config) => config["version"].Given() ?? "2012-10-17";

    private static Value WithDefaults(Value statement) =>
        statement is Value.Mapping mapping && mapping.Members.GetValueOrDefault("effect") is null or Value.NullValue
        ? Value.Object(((Value.Mapping)statement).Members.Where(member => member.Key is not "effect").Append(new("effect", Value.Of("Allow"))))
        : statement;

    private static IEnumerable<PolicyDocument> Sources(Value config)
    {
        var sids = new HashSet<string>();

        foreach (var (position, document) in Parse(config, "source_policy_documents", "source"))
        {
            foreach (var (place, statement) in document.Statements.Index())
            {
                if (statement.Sid is not "" && !sids.Add(statement.Sid))
                {
                    throw new RefusalException(
                        $"writing IAM Policy Document: merging source document {position}: duplicate Sid ({statement.Sid}) in source_policy_documents " +
                        $"(statement {place}). Remove the Sid or ensure Sids are unique.",
                        path: ["source_policy_documents", position]);
                }
            }

            yield return document;
        }
    }

    private static IEnumerable<PolicyDocument> Overrides(Value config) =>
        Parse(config, "override_policy_documents", "override").Select(parsed => parsed.Document);

    private static IEnumerable<(int Position, PolicyDocument Document)> Parse(Value config, string argument, string kind)
    {
        foreach (var (position, text) in config[argument].Items.Index().Where(item => !item.Item.IsNull))
        {
            PolicyDocument document;

            try
            {
                document = PolicyDocument.Parse(text.AsText!);
            }
            catch (FormatException fault)
            {
                throw new RefusalException($"writing IAM Policy Document: merging {kind} document {position}: {fault.Message}", path: [argument, position]);
            }

            yield return (position, document);
        }
    }

    private static PolicyDocument Own(Value config)
    {
        var version = Version(config);

        if (version is not ("2012-10-17" or "2008-10-17"))
        {
            throw new RefusalException($"expected version to be one of [\"2008-10-17\" \"2012-10-17\"], got {version}", path: ["version"]);
        }

        var sids = new HashSet<string>();

        return new(
            version,
            config["policy_id"].AsText ?? "",
            [.. config["statement"].Items.Select((statement, position) => Statement(statement, version, sids, position))]);
    }

    private static PolicyStatement Statement(Value statement, string version, HashSet<string> sids, int position)
    {
        object[] here = ["statement", position];
        var sid = statement["sid"].AsText ?? "";
        var effect = statement["effect"].AsText ?? "Allow";

        if (sid is not "" && !sids.Add(sid))
        {
            throw new RefusalException(
                $"writing IAM Policy Document: duplicate Sid ({sid}). Remove the Sid or ensure the Sid is unique.", path: [.. here, "sid"]);
        }

        if (!sid.All(char.IsAsciiLetterOrDigit))
        {
            throw new RefusalException($"invalid value for statement.{position}.sid (must only include alphanumeric characters)", path: [.. here, "sid"]);
        }

        if (effect is not ("Allow" or "Deny"))
        {
            throw new RefusalException($"expected statement.{position}.effect to be one of [\"Allow\" \"Deny\"], got {effect}", path: [.. here, "effect"]);
        }

        return new()
        {
            Sid = sid,
            Effect = effect,
            Actions = OneOrMany(Descending(statement["actions"])),
            NotActions = OneOrMany(Descending(statement["not_actions"])),
            Resources = OneOrMany(Variables(Descending(statement["resources"]), version, "reading resources", [.. here, "resources"])),
            NotResources = OneOrMany(Variables(Descending(statement["not_resources"]), version, "reading not_resources", [.. here, "not_resources"])),
            Principals = Principals("principals"),
            NotPrincipals = Principals("not_principals"),
            Conditions = [.. SetOrder.OfObjects(statement["condition"]).Select(condition => new PolicyCondition(
                condition["test"].AsText ?? "",
                condition["variable"].AsText ?? "",
                Variables(
                    [.. condition["values"].Items.Select(value => value.AsText ?? "")],
                    version,
                    "reading condition: reading values",
                    [.. here, "condition"])))],
        };

        IReadOnlyList<PolicyPrincipal> Principals(string argument) => [.. SetOrder.OfObjects(statement[argument], "identifiers").Select(principal =>
        {
            var identifiers = Variables(principal["identifiers"].Texts(), version, $"reading {argument}: reading identifiers", [.. here, argument]);

            return new PolicyPrincipal(principal["type"].AsText ?? "", identifiers, IsSingle: identifiers.Count == 1);
        })];
    }

    // HCL would interpolate ${…}, so IAM's variables are written &{…}.
    private static IReadOnlyList<string> Variables(IReadOnlyList<string> texts, string version, string doing, object[] path) =>
        version is "2008-10-17" && texts.FirstOrDefault(text => text.Contains("&{", StringComparison.Ordinal)) is { } wrong
            ? throw new RefusalException($"{doing}: found &{{ sequence in ({wrong}), which is not supported in document version 2008-10-17", path: path)
            : [.. texts.Select(text => text.Replace("&{", "${", StringComparison.Ordinal))];

    // Before variables are replaced, which may leave them in another order than a sorted one.
    private static IReadOnlyList<string> Descending(Value set) => [.. set.Texts().Distinct().OrderDescending(StringComparer.Ordinal)];

    private static JsonNode? OneOrMany(IReadOnlyList<string> texts) => texts switch
    {
        [] => null,
        [var only] => only,
        _ => new JsonArray([.. texts.Select(text => (JsonNode)text)]),
    };
}
