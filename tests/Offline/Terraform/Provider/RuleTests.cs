using System.Text.Json;
using Causeway.Provider.Rules;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>The checks of the rule language: each refuses what it should, passes what it should, and waits for what is unknown.</summary>
public sealed class RuleTests
{
    private const string Page = "https://registry.terraform.io/providers/hashicorp/sample/latest/docs/resources/thing";

    [Theory]
    [InlineData("""{ "conflicts": ["a", "b"] }""", """{ "a": "1", "b": "2" }""", """{ "a": "1", "b": null }""", """{ "a": "1", "b": "?" }""")]
    [InlineData("""{ "exactlyOneOf": ["a", "b"] }""", """{ "a": null, "b": "" }""", """{ "a": "1" }""", """{ "a": null, "b": "?" }""")]
    [InlineData("""{ "atLeastOneOf": ["a", "b"] }""", """{ "a": [] }""", """{ "a": "1", "b": "2" }""", """{ "a": "?" }""")]
    [InlineData("""{ "together": ["a", "b"] }""", """{ "a": "1" }""", """{ }""", """{ "a": "1", "b": "?" }""")]
    [InlineData("""{ "requires": ["b"], "when": ["a=x|y"] }""", """{ "a": "y", "b": false }""", """{ "a": "z" }""", """{ "a": "?", "b": null }""")]
    [InlineData("""{ "forbids": ["b"], "when": ["!a"] }""", """{ "a": false, "b": "1" }""", """{ "a": true, "b": "1" }""", """{ "a": "?", "b": "1" }""")]
    [InlineData("""{ "ascending": ["a", "b", "c"] }""", """{ "a": 1, "b": 3, "c": 2 }""", """{ "a": 1, "c": 1 }""", """{ "a": 4, "b": "?" }""")]
    [InlineData(
        """{ "distinct": ["a.name"] }""",
        """{ "a": [{ "name": "x" }, { "name": "x" }] }""",
        """{ "a": [{ "name": "x" }, { "name": "y" }] }""",
        """{ "a": "?" }""")]
    [InlineData("""{ "argument": "a", "matches": "^x$" }""", """{ "a": "y" }""", """{ "a": "x" }""", """{ "a": "?" }""")]
    [InlineData("""{ "argument": "a", "oneOf": ["1", "true"] }""", """{ "a": 2 }""", """{ "a": [1, true] }""", """{ "a": "?" }""")]
    [InlineData("""{ "argument": "a", "range": [1, null] }""", """{ "a": 0 }""", """{ "a": 9 }""", """{ "a": "?" }""")]
    [InlineData("""{ "argument": "a", "length": [null, 2] }""", """{ "a": [1, 2, 3] }""", """{ "a": "xy" }""", """{ "a": "?" }""")]
    [InlineData("""{ "argument": "a", "bits": [16, 28] }""", """{ "a": "10.0.0.0/29" }""", """{ "a": "10.0.0.0/28" }""", """{ "a": "?" }""")]
    [InlineData(
        """{ "argument": "a", "among": ["b.id"] }""",
        """{ "a": "x", "b": [{ "id": "y" }] }""",
        """{ "a": "x", "b": [{ "id": "x" }] }""",
        """{ "a": "x", "b": [{ "id": "?" }] }""")]
    [InlineData(
        """{ "argument": "a.n", "sameAs": ["b"] }""",
        """{ "a": [{ "n": "x" }, { "n": "y" }], "b": "x" }""",
        """{ "a": [{ "n": "x" }], "b": "x" }""",
        """{ "a": [{ "n": "?" }], "b": "?" }""")]
    [InlineData(
        """{ "in": "a", "conflicts": ["b", "c"] }""",
        """{ "a": [{ "b": "1" }, { "b": "1", "c": "2" }] }""",
        """{ "a": [{ "b": "1" }, { "c": "2" }] }""",
        """{ "a": [{ "b": "1", "c": "?" }] }""")]
    public void A_check_refuses_passes_and_waits(string rule, string wrong, string right, string open)
    {
        Assert.Contains(Page, Assert.Single(Messages(rule, wrong)), StringComparison.Ordinal);
        Assert.Empty(Messages(rule, right));
        Assert.Empty(Messages(rule, open));
    }

    [Theory]
    [InlineData("""{ "conflict": ["a", "b"] }""", "\"conflict\" is unknown in a rule")]
    [InlineData("""{ "conflicts": ["a", "b"], "requires": ["c"] }""", "A rule has exactly one check")]
    [InlineData("""{ "matches": "x" }""", "\"argument\" says what")]
    [InlineData("""{ "argument": "a", "range": [1] }""", "a lower and an upper bound")]
    public void What_is_not_a_rule_is_not_read(string rule, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Rule.Parse(JsonDocument.Parse(rule).RootElement)).Message, StringComparison.Ordinal);

    private static string[] Messages(string rule, string config)
    {
        var traits = Written.Traits($$"""{ "rules": [{{rule}}] }""");

        return [.. RuleEvaluation.Of("sample_thing", Written.Json(config), traits, traits.Rules).Select(fault => fault.Detail)];
    }
}
