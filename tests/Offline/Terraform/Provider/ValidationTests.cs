using Causeway.Provider.Planning;
using Causeway.Provider.Traits;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>Configurations against schema and formats: each fault with its path, and nothing refused that may still turn out well.</summary>
public sealed class ValidationTests
{
    private const string Schema = """
        {
          "id": "computed string", "name": "required string", "size": "optional computed number",
          "list": { "$": "list 1..2", "name": "required string", "id": "computed string", "deep": { "$": "list 0..1", "key": "required string" } },
          "set": { "$": "set 0..2", "name": "required string" },
          "map": { "$": "map 0..*", "name": "required string" },
          "single": { "$": "single", "name": "required string" },
          "nested": { "$": "attribute list optional", "name": "required string", "id": "computed string" },
          "under": { "$": "attribute map optional", "name": "required string" }
        }
        """;

    [Theory]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }] }""")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }, { "name": "c" }], "set": [{ "name": "d" }], "map": { "k": { "name": "e" } }, "single": { "name": "f" } }""")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b", "deep": [{ "key": "c" }] }], "nested": [{ "name": "d" }], "under": { "k": { "name": "e" } } }""")]
    [InlineData("""{ "name": "?", "list": "?", "set": "?", "nested": "?", "under": "?" }""")]
    [InlineData("""{ "name": "a", "list": [{ "name": "?", "deep": "?" }], "size": "?" }""")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "set": [{ "name": "?" }, { "name": "?" }, { "name": "?" }] }""")]
    public void What_fits_passes(string config) => Assert.Empty(Faults(config));

    [Theory]
    [InlineData("""{ "list": [{ "name": "b" }] }""", "name: Missing required argument")]
    [InlineData("""{ "name": "a" }""", "list: Insufficient list blocks")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }, { "name": "c" }, { "name": "d" }] }""", "list: Too many list blocks")]
    [InlineData("""{ "name": "a", "list": [{ "name": "?" }, { "name": "?" }, { "name": "?" }] }""", "list: Too many list blocks")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "set": [{ "name": "1" }, { "name": "2" }, { "name": "3" }] }""", "set: Too many set blocks")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "id": "x" }""", "id: Value for unconfigurable attribute")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "id": "?" }""", "id: Value for unconfigurable attribute")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }, {}] }""", "list.1.name: Missing required argument")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b", "id": "x" }] }""", "list.0.id: Value for unconfigurable attribute")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }, { "name": "c", "deep": [{}] }] }""", "list.1.deep.0.key: Missing required argument")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b", "deep": [{ "key": "1" }, { "key": "2" }] }] }""", "list.0.deep: Too many deep blocks")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "set": [{}] }""", "set.name: Missing required argument")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "map": { "k": {} } }""", "map.k.name: Missing required argument")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "single": {} }""", "single.name: Missing required argument")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "nested": [{ "name": "c" }, {}] }""", "nested.1.name: Missing required argument")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "nested": [{ "name": "c", "id": "x" }] }""", "nested.0.id: Value for unconfigurable attribute")]
    [InlineData("""{ "name": "a", "list": [{ "name": "b" }], "under": { "k": {} } }""", "under.k.name: Missing required argument")]
    [InlineData("{}", "name: Missing required argument", "list: Insufficient list blocks")]
    public void Each_fault_is_named_with_its_path(string config, params string[] faults) =>
        Assert.Equal(faults, Faults(config).Select(fault => $"{Path(fault.Path)}: {fault.Summary}"));

    [Theory]
    [InlineData("cidr", "10.0.0.0/16", true)]
    [InlineData("cidr", "10.0.1.2/16", true)]
    [InlineData("cidr", "10.0.0.0", false)]
    [InlineData("cidr", "10.0.0.0/33", false)]
    [InlineData("cidr", "10.0.0/16", false)]
    [InlineData("cidr", "10/8", false)]
    [InlineData("cidr", "010.0.0.0/8", false)]
    [InlineData("cidr", "0x0a.0.0.0/8", false)]
    [InlineData("cidr", "10.0.0.0/ 8", false)]
    [InlineData("cidr", "10.0.0.0/+8", false)]
    [InlineData("cidr", "256.0.0.0/8", false)]
    [InlineData("cidr", "::/0", false)]
    [InlineData("cidr", "", false)]
    [InlineData("cidr", "0.0.0.0/0", true)]
    [InlineData("cidr-network", "10.0.0.0/16", true)]
    [InlineData("cidr-network", "10.0.1.2/16", false)]
    [InlineData("cidr-network", "text", false)]
    [InlineData("ipv6-cidr", "::/0", true)]
    [InlineData("ipv6-cidr", "2001:db8::/32", true)]
    [InlineData("ipv6-cidr", "2001:db8::/129", false)]
    [InlineData("ipv6-cidr", "10.0.0.0/8", false)]
    [InlineData("arn", "arn:aws:iam::123456789012:role/x", true)]
    [InlineData("arn", "arn:aws:iam", false)]
    [InlineData("arn", "role/x", false)]
    [InlineData("json", "{}", true)]
    [InlineData("json", "[1]", true)]
    [InlineData("json", "null", true)]
    [InlineData("json", "", true)]
    [InlineData("json", "{ \"a\": }", false)]
    [InlineData("json", "{'a': 1}", false)]
    public void A_text_has_the_format_that_its_type_wants(string format, string text, bool passes)
    {
        var block = Written.Block("""{ "plain": "optional string", "many": "optional list(string)", "block": { "$": "list 0..*", "inside": "optional string" } }""");
        var traits = Written.Traits($$"""{ "formats": { "plain": "{{format}}", "many": "{{format}}", "block.inside": "{{format}}" } }""");
        var quoted = System.Text.Json.JsonSerializer.Serialize(text);

        var faults = Validation.Of(
            block, Written.Object(block, $$"""{ "plain": {{quoted}}, "many": [{{quoted}}], "block": [{}, { "inside": {{quoted}} }] }"""), traits);

        Assert.Equal(passes ? [] : ["block.1.inside", "many.0", "plain"], faults.Select(fault => Path(fault.Path)).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.Contains($"\"{text}\"", fault.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_that_is_not_known_yet_may_have_any_format()
    {
        var block = Written.Block("""{ "plain": "optional string", "many": "optional list(string)" }""");
        var traits = Written.Traits("""{ "formats": { "plain": "cidr", "many": "cidr" } }""");

        Assert.Empty(Validation.Of(block, Written.Object(block, """{ "plain": "?", "many": ["?", "10.0.0.0/8"] }"""), traits));
        Assert.Empty(Validation.Of(block, Written.Object(block, """{ "plain": null, "many": "?" }"""), traits));
    }

    private static IReadOnlyList<Fault> Faults(string config)
    {
        var block = Written.Block(Schema);

        return Validation.Of(block, Written.Object(block, config), TypeTraits.None);
    }

    private static string Path(IReadOnlyList<object> steps) => string.Join('.', steps);
}
