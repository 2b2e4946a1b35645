using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Digests;

namespace Causeway.Offline.Terraform.Digests;

/// <summary>What a reviewer reads: the order, the shortening, and that no secret is in it.</summary>
public sealed class DigestTests
{
    private const string Secret = "tops3cret-value";

    [Fact]
    public void Destroys_and_replacements_come_first_then_changes_then_creations()
    {
        var digest = Of(
            Change("aws_a.created", ["create"], null, """{ "name": "n" }"""),
            Change("aws_a.changed", ["update"], """{ "size": 1 }""", """{ "size": 2 }"""),
            Change("aws_a.replaced", ["delete", "create"], """{ "cidr": "a" }""", """{ "cidr": "b" }""", replace: """[["cidr"]]"""),
            Change("aws_a.destroyed", ["delete"], """{ "name": "n" }""", null, reason: "delete_because_no_resource_config"),
            Change("aws_a.same", ["no-op"], "{}", "{}"));

        Assert.Equal(
            [
                "test: 1 to destroy, 1 to replace, 1 to change, 1 to create",
                """    - aws_a.destroyed   name = "n"   (no longer in the configuration)""",
                "  -/+ aws_a.replaced   forced by cidr",
                """        cidr: "a" → "b"   ← forces the replacement""",
                "    ~ aws_a.changed",
                "        size: 1 → 2",
                """    + aws_a.created   name = "n" """.TrimEnd(),
            ],
            digest.Lines());
    }

    [Fact]
    public void Unknown_values_and_documents_in_texts_are_told_shortly()
    {
        var digest = Of(Change(
            "aws_a.b",
            ["update"],
            """{ "arn": "old", "policy": "{\"Statement\":[{\"Action\":\"a\",\"Sid\":\"s\"}]}", "list": ["a", "b", "c"] }""",
            """{ "policy": "{\"Statement\": [{\"Sid\": \"s\", \"Action\": \"b\"}]}", "list": ["a", "c", "d"] }""",
            unknown: """{ "arn": true }"""));

        Assert.Equal(
            [
                """arn: "old" → (known after apply)""", """list[-]: "b" → (removed)""", """list[+]: (added) → "d" """.TrimEnd(),
                """policy.Statement[0].Action: "a" → "b" """.TrimEnd()
            ],
            digest.Entries[0].Details);
    }

    [Fact]
    public void Of_a_replacement_what_the_provider_computes_is_counted_and_what_is_configured_is_shown()
    {
        var plan = PlanOf(Change(
            """module.m["x"].aws_a.b[0]""",
            ["delete", "create"],
            """{ "cidr": "a", "arn": "old", "id": "old", "subnet": "s-1", "size": 1, "disk": [{ "id": "d", "key": "k" }], "rule": [{ "group": "g" }] }""",
            """{ "cidr": "b", "size": 2, "disk": [{}], "rule": [{}] }""",
            unknown: """{ "arn": true, "id": true, "subnet": true, "disk": [{ "id": true, "key": true }], "rule": [{ "group": true }] }""",
            replace: """[["cidr"]]"""));
        plan.Json["configuration"] = Parse("""
            { "root_module": { "module_calls": { "m": { "module": { "resources": [{
              "address": "aws_a.b",
              "expressions": { "cidr": {}, "size": {}, "subnet": { "references": ["aws_s.s.id"] }, "disk": [{ "key": { "references": ["aws_k.k.arn"] } }] } }] } } } } }
            """);

        Assert.Equal(
            [
                """cidr: "a" → "b"   ← forces the replacement""",
                """disk[0].key: "k" → (known after apply)""",
                """rule[0].group: "g" → (known after apply)""",
                "size: 1 → 2",
                """subnet: "s-1" → (known after apply)""",
                "3 computed values",
            ],
            Assert.Single(new Digest("test", plan).Entries).Details);
    }

    [Fact]
    public void Moves_imports_and_forgotten_resources_are_told()
    {
        var moved = Change("aws_a.new", ["no-op"], "{}", "{}");
        moved["previous_address"] = "aws_a.old";
        var imported = Change("aws_a.taken", ["no-op"], "{}", "{}");
        imported["change"]!["importing"] = new JsonObject { ["id"] = "i-1" };

        var lines = Of(moved, imported, Change("aws_a.left", ["forget"], "{}", null)).Lines().ToArray();

        Assert.Contains("    > aws_a.new  (was aws_a.old)", lines);
        Assert.Contains("    > aws_a.taken  (imported: i-1)", lines);
        Assert.Contains("    . aws_a.left: forgotten, not destroyed", lines);
    }

    public static TheoryData<string, string?, string?, string?, string?> Positions => new()
    {
        { "update", $$"""{ "password": "{{Secret}}" }""", """{ "password": "x" }""", """{ "password": true }""", """{ "password": true }""" },
        { "update", """{ "password": "x" }""", $$"""{ "password": "{{Secret}}" }""", "{}", """{ "password": true }""" },
        { "update", $$"""{ "password": "{{Secret}}" }""", """{ "password": "x" }""", """{ "password": true }""", "{}" },
        { "update", $$"""{ "a": [{ "b": { "c": "{{Secret}}" } }] }""", """{ "a": [{ "b": { "c": "x" } }] }""", """{ "a": [{ "b": { "c": true } }] }""", """{ "a": true }""" },
        { "update", $$"""{ "a": ["k", "{{Secret}}"] }""", """{ "a": ["k"] }""", """{ "a": [false, true] }""", """{ "a": [] }""" },
        { "update", $$"""{ "a": { "{{Secret}}": "v" } }""", """{ "a": {} }""", """{ "a": true }""", """{ "a": true }""" },
        { "update", $$"""{ "policy": "{\"k\":\"{{Secret}}\"}" }""", """{ "policy": "{\"k\":\"x\"}" }""", """{ "policy": true }""", """{ "policy": true }""" },
        { "create", null, $$"""{ "name": "{{Secret}}" }""", null, """{ "name": true }""" },
        { "create", null, $$"""{ "name": "{{Secret}}" }""", null, "true" },
        { "delete", $$"""{ "name": "{{Secret}}" }""", null, """{ "name": true }""", null },
    };

    [Theory]
    [MemberData(nameof(Positions))]
    public void No_secret_is_in_a_digest_nor_in_the_plan_that_is_kept(
        string action, string? before, string? after, string? beforeSensitive, string? afterSensitive)
    {
        var change = Change("aws_a.b", [action], before, after);
        change["change"]!["before_sensitive"] = Parse(beforeSensitive);
        change["change"]!["after_sensitive"] = Parse(afterSensitive);
        var plan = PlanOf(change);
        var digest = new Digest("test", plan);

        Assert.DoesNotContain(Secret, string.Join('\n', digest.Lines()), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, MarkdownDigest.Write("t", [digest], []), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Redaction.Of(plan.Json).ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(digest.Entries);
    }

    [Fact]
    public void A_secret_is_taken_out_wherever_else_in_the_plan_it_stands()
    {
        var json = JsonNode.Parse($$"""
            {
              "format_version": "1.2",
              "variables": { "password": { "value": "{{Secret}}" } },
              "planned_values": {
                "outputs": { "o": { "sensitive": true, "value": "{{Secret}}" } },
                "root_module": { "resources": [{ "address": "a.b", "values": { "p": "{{Secret}}" }, "sensitive_values": { "p": true } }],
                  "child_modules": [{ "resources": [{ "address": "module.m.a.b", "values": { "p": "{{Secret}}" }, "sensitive_values": { "p": true } }] }] }
              },
              "prior_state": { "values": { "root_module": { "resources": [{ "address": "a.b", "values": { "p": "{{Secret}}" }, "sensitive_values": { "p": true } }] } } },
              "output_changes": { "o": { "actions": ["create"], "before": null, "after": "{{Secret}}", "after_sensitive": true, "before_sensitive": false } },
              "checks": [{ "address": { "to_display": "check.c" }, "status": "fail", "instances": [{ "problems": [{ "message": "it is {{Secret}} here" }] }] }],
              "configuration": {
                "provider_config": { "github": { "expressions": { "token": { "constant_value": "{{Secret}}" } } } },
                "root_module": {
                  "variables": { "password": { "sensitive": true, "default": "{{Secret}}" } },
                  "module_calls": { "m": { "expressions": { "p": { "constant_value": "{{Secret}}" } }, "module": { "variables": { "p": { "sensitive": true } } } } }
                }
              }
            }
            """)!.AsObject();

        Assert.DoesNotContain(Secret, Redaction.Of(json).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_written_into_the_configuration_is_taken_out_of_the_plan_that_is_kept()
    {
        var plan = PlanOf(Change("""module.m["x"].aws_a.b[0]""", ["create"], null, """{ "pin": "1234" }"""));
        plan.Json["resource_changes"]![0]!["change"]!["after_sensitive"] = Parse("""{ "pin": true }""");
        plan.Json["configuration"] = Parse("""{ "root_module": { "module_calls": { "m": { "module": { "resources": [{ "address": "aws_a.b", "expressions": { "pin": { "constant_value": "1234" } } }] } } } } }""");

        Assert.DoesNotContain("1234", Redaction.Of(plan.Json).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void That_a_secret_changes_is_told()
    {
        var change = Change("aws_a.b", ["update"], """{ "password": "one" }""", """{ "password": "two" }""");
        change["change"]!["before_sensitive"] = Parse("""{ "password": true }""");
        change["change"]!["after_sensitive"] = Parse("""{ "password": true }""");

        Assert.Equal(["password: (sensitive) → another (sensitive)"], Of(change).Entries[0].Details);
    }

    [Fact]
    public void Markdown_of_five_thousand_changes_fits_and_says_what_it_leaves_out()
    {
        JsonObject[] changes =
        [
            .. Enumerable.Range(0, 4900).Select(index => Change($"aws_a.created[{index}]", ["create"], null, """{ "name": "n" }""")),
            .. Enumerable.Range(0, 60)
                .Select(index => Change($"aws_a.changed[{index}]", ["update"], $$"""{ "text": "{{new string('a', 500)}}" }""", """{ "text": "b" }""")),
            .. Enumerable.Range(0, 40).Select(index => Change($"aws_a.destroyed[{index}]", ["delete"], """{ "name": "n" }""", null)),
        ];
        var text = MarkdownDigest.Write("Plan", [Of(changes), Of(changes)], ["hermetic"]);

        Assert.True(text.Length <= MarkdownDigest.Longest, $"{text.Length}");
        Assert.All(Enumerable.Range(0, 40), index => Assert.Equal(2, text.Split($"aws_a.destroyed[{index}]").Length - 1));
        Assert.Matches(@"Left out for length: \d+ to create", text);
        Assert.DoesNotContain("to destroy.**", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(3_000, 10)]
    public void Markdown_fits_whatever_there_is_to_destroy(int stacks, int destroys)
    {
        JsonObject Destroyed(int index) => Change($"aws_a.{new string('x', 200)}[{index}]", ["delete"], "{}", null);

        var digests = Enumerable.Range(0, stacks)
            .Select(stack => new Digest($"dev/stack-{stack}", PlanOf([.. Enumerable.Range(0, destroys).Select(Destroyed)])))
            .ToArray();

        var text = MarkdownDigest.Write("Plan", digests, []);

        Assert.True(text.Length <= MarkdownDigest.Longest, $"{text.Length}");
        Assert.Matches(@"Left out for length: .*to destroy", text);
    }

    [Fact]
    public void Nothing_in_a_value_breaks_out_of_the_markdown()
    {
        var hostile = "```\n</details><script>alert(1)</script> | @everyone ~~~~";
        var change = Change($"aws_a.b[\"<b>`|\"]", ["update"], """{ "text": "x" }""", new JsonObject { ["text"] = hostile }.ToJsonString());

        var text = MarkdownDigest.Write("Plan <b>", [new Digest("dev/<b>`|", PlanOf(change))], ["<b> @you"]);
        var lines = text.Split('\n');

        Assert.Single(lines, line => line == "````diff");
        Assert.Single(lines, line => line == "````");
        Assert.DoesNotContain("<b>", string.Join('\n', lines.TakeWhile(line => line != "````diff")), StringComparison.Ordinal);
        Assert.Single(lines, line => line.StartsWith("</details>", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_plan_gives_the_same_digest_whatever_its_order()
    {
        JsonObject[] changes = [.. Enumerable.Range(0, 30).Select(index => Change($"aws_a.b[{index}]", [index % 2 == 0 ? "create" : "delete"], "{}", "{}"))];

        Assert.Equal(Of(changes).Lines(), Of([.. changes.Reverse()]).Lines());
    }

    private static Digest Of(params JsonObject[] changes) => new("test", PlanOf(changes));

    private static Plan PlanOf(params JsonObject[] changes) => Plan.Parse(new JsonObject
    {
        ["format_version"] = "1.2",
        ["resource_changes"] = new JsonArray([.. changes.Select(change => change.DeepClone())]),
    });

    private static JsonObject Change(
        string address, string[] actions, string? before, string? after, string? unknown = null, string? replace = null, string? reason = null)
    {
        var change = new JsonObject
        {
            ["actions"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
            ["before"] = Parse(before),
            ["after"] = Parse(after),
            ["after_unknown"] = Parse(unknown ?? "{}"),
            ["before_sensitive"] = false,
            ["after_sensitive"] = false,
        };

        if (replace is not null)
        {
            change["replace_paths"] = Parse(replace);
        }

        return new JsonObject
        {
            ["address"] = address,
            ["mode"] = "managed",
            ["type"] = "aws_a",
            ["name"] = "b",
            ["change"] = change,
            ["action_reason"] = reason,
        };
    }

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}
