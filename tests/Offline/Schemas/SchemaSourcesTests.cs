using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Schemas;

/// <summary>The schemas are assembled from frames and kinds: a kind is one file, and what does not fit together is refused.</summary>
public sealed class SchemaSourcesTests(Workbench workbench)
{
    private const string Queues = """
        {
          "description": "Message queues.",
          "access": { "send": { "description": "put" }, "receive": { "description": "take" }, "own": { "description": "purge", "includes": ["send", "receive"] } },
          "resource": { "type": "object", "additionalProperties": false, "properties": { "key": { "$ref": "#/definitions/key" } } },
          "definitions": { "key": { "description": "A group.", "type": "string" } }
        }
        """;

    private const string Worker = """
        {
          "description": "Takes messages.",
          "overrides": ["scaling"],
          "component": {
            "type": "object", "additionalProperties": false, "required": ["scaling"],
            "properties": { "uses": { "$ref": "#/definitions/uses" }, "scaling": { "$ref": "#/definitions/scaling" } }
          },
          "definitions": { "scaling": { "description": "Replicas.", "type": "object", "additionalProperties": false, "properties": { "backlog": { "description": "Messages.", "type": "integer" } } } }
        }
        """;

    [Fact]
    public void Another_kind_is_one_file_and_its_fields_verbs_and_reserved_names_follow()
    {
        var schema = new DocumentSchema(SchemaBundle.Merge(SchemaSources.Load(Tree(("resources/queues.json", Queues), ("components/worker.json", Worker)))));
        var values = ValueSet.Load(workbench.Checkout, "sample/catalog").Values;
        Change.Set(values, "workload/resources/queues", JsonNode.Parse("""{ "mail": { "key": "customer", "grants": { "orders": "send" } } }"""));
        Change.Set(
            values,
            "workload/components/mailer",
            JsonNode.Parse("""{ "kind": "worker", "uses": { "queues/mail": "receive" }, "scaling": { "backlog": 5 } }"""));
        Change.Set(values, "release/overrides/components/mailer", JsonNode.Parse("""{ "scaling": { "backlog": 9 } }"""));

        Assert.Empty(schema.Problems(values));

        Refused(
            "workload/components/mailer/uses/queues~1mail",
            "write",
            "workload.components.mailer.uses.queues/mail should be one of \"send\", \"receive\", \"own\", and is \"write\"");
        Refused("workload/components/mailer/port", 8080, "workload.components.mailer.port is not known here");
        Refused("workload/components/shop/scaling/backlog", 5, "workload.components.shop.scaling.backlog is not known here");
        Refused(
            "workload/components/shop/settings/QUEUES_MAIL",
            "x",
            "workload.components.shop.settings.QUEUES_MAIL is \"QUEUES_MAIL\", which is not allowed (as a name)");
        Refused(
            "workload/resources/queues/mail/grants/orders",
            "read",
            "workload.resources.queues.mail.grants.orders should be one of \"send\", \"receive\", \"own\", and is \"read\"");
        Refused(
            "release/overrides/components/mailer/scaling/backlog",
            "many",
            "release.overrides.components.mailer.scaling.backlog should be integer, and is \"many\"");

        void Refused(string at, object value, string problem)
        {
            var changed = values.DeepClone();
            Change.Set(changed, at, JsonValue.Create(value));
            Assert.Equal(problem, Assert.Single(schema.Problems(changed)));
        }
    }

    [Theory]
    [InlineData("own", "send", true)]
    [InlineData("send", "send", true)]
    [InlineData("send", "receive", false)]
    public void A_grant_allows_its_verb_and_what_it_includes(string granted, string used, bool allowed) =>
        Assert.Equal(allowed, Kinds.Load(Tree(("resources/queues.json", Queues))).Resources.Single(kind => kind.Name == "queues").Allows(granted, used));

    [Theory]
    [InlineData(
        "resources/queues.json",
        "\"includes\": [\"send\"",
        "\"includes\": [\"push\"",
        "access.own includes push, which is not a verb of this kind; name one of send, receive, own.")]
    [InlineData(
        "resources/queues.json",
        "\"includes\": [\"send\"",
        "\"includes\": [\"own\"",
        "access.own includes itself; remove one of the includes that lead back to it.")]
    [InlineData("resources/queues.json", "\"access\"", "\"acces\"", "acces")]
    [InlineData("resources/queues.json", "\"properties\"", "\"properities\"", "resource.properties is missing; list the fields of a resource there.")]
    [InlineData("resources/queues.json", "#/definitions/key", "#/definitions/kee", "$ref #/definitions/kee leads nowhere")]
    [InlineData("resources/queues.json", "#/definitions/key", "other.json#/definitions/key", "$ref other.json#/definitions/key leads nowhere")]
    [InlineData(
        "components/worker.json",
        "[\"scaling\"],\n  \"comp",
        "[\"size\"],\n  \"comp",
        "overrides names size, which is not a field of the component; name one of uses, scaling.")]
    [InlineData("definitions.json", "\"calls\": {", "\"backend\": {}, \"calls\": {", "there is another definition `backend`; give this one another name.")]
    [InlineData(
        "definitions.json",
        "\"reserved\": [",
        "\"reserved\": [\"QUEUES_\", ",
        "the platform sets QUEUES_… already (schemas/definitions.json, reserved); give the kind another name.")]
    [InlineData(
        "environment.json",
        "\"standIn\": { \"$ref\": \"#/definitions/standIn\" }",
        "\"standIn\": true",
        "nothing refers to the definition `standIn`; remove it.")]
    [InlineData(
        "environment.json", "\"receiver\": {", "\"component\": {}, \"receiver\": {", "there is another definition `component`; give this one another name.")]
    public void Sources_that_do_not_fit_together_are_refused(string file, string right, string wrong, string complaint)
    {
        var tree = Tree(("resources/queues.json", Queues), ("components/worker.json", Worker));
        var path = Path.Combine(tree, "schemas", file);
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));

        var refusal = Assert.Throws<InvalidDataException>(() => SchemaBundle.Merge(SchemaSources.Load(tree)));

        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A copy of the sources with more files.</summary>
    private string Tree(params (string Path, string Text)[] files)
    {
        var tree = workbench.Scratch.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var sources = workbench.Checkout.PathTo("schemas");

        foreach (var (file, text) in Directory.GetFiles(sources, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(sources, file), File.ReadAllText(file)))
            .Concat(files))
        {
            var target = Path.Combine(tree, "schemas", file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }

        return tree;
    }
}
