using System.Text;
using System.Text.Json.Nodes;
using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>Schemas and values as tests write them: in JSON, where the text <c>?</c> stands for what is unknown.</summary>
internal static class Written
{
    /// <summary>The schema of a type, in the form of schema files.</summary>
    public static Block Block(string json) =>
        ServedSchema.Parse(
            Encoding.UTF8.GetBytes($$"""{ "provider": "example/sample", "version": "1", "resources": { "sample_thing": {{json}} } }"""),
            "test").Resources["sample_thing"];

    public static Value Json(string json) => Unknowns(Value.FromJson(JsonNode.Parse(json)));

    public static Value Json(string json, ValueType type) => Json(json).Conform(type);

    /// <summary>An object of a type as Terraform sends it: every member is there, and blocks that are not written are empty.</summary>
    public static Value Object(Block block, string json) => json is "null" ? Value.Null : WithBlocks(block, Json(json).Conform(block.Type));

    public static TypeTraits Traits(string json) => TraitsTable.Parse(Encoding.UTF8.GetBytes($$"""{ "sample_thing": {{json}} }""")).Of("sample_thing");

    private static Value Unknowns(Value value) => value switch
    {
        Value.Text { Content: "?" } => Value.Unknown,
        Value.Sequence sequence => Value.List(sequence.Contents.Select(Unknowns)),
        Value.Mapping mapping => Value.Object(mapping.Members.Select(member => KeyValuePair.Create(member.Key, Unknowns(member.Value)))),
        _ => value,
    };

    private static Value WithBlocks(Block block, Value value) => value is not Value.Mapping mapping
        ? value
        : Value.Object(mapping.Members.Select(member => !block.Blocks.TryGetValue(member.Key, out var nested)
            ? member
            : KeyValuePair.Create(member.Key, (nested.Nesting, member.Value) switch
            {
                (Nesting.Single, _) => WithBlocks(nested.Block, member.Value),
                (Nesting.Map, Value.Mapping under) =>
                    Value.Object(under.Members.Select(item => KeyValuePair.Create(item.Key, WithBlocks(nested.Block, item.Value)))),
                (Nesting.Map, _) => Value.Object(),
                (_, Value.UnknownValue) => member.Value,
                (Nesting.Set, _) => Value.Set(member.Value.Items.Select(item => WithBlocks(nested.Block, item))),
                _ => Value.List(member.Value.Items.Select(item => WithBlocks(nested.Block, item))),
            })));
}
