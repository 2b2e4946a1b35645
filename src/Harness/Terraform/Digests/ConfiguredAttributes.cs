using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Digests;

/// <summary>
/// Which attributes of which resources the configuration gives a value, as the plan tells it. Format:
/// https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
/// </summary>
/// <param name="plan">The whole document.</param>
internal sealed partial class ConfiguredAttributes(JsonObject plan)
{
    private readonly Lazy<Dictionary<string, JsonObject>> resources = new(
        () => Resources(plan["configuration"]?["root_module"], "").DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value));

    /// <summary>
    /// Only the provider decides this attribute: the configuration does not name it. Of a block that the configuration has not in so many words
    /// (<c>dynamic</c>), that is not known, and counts as not computed.
    /// </summary>
    /// <param name="path">As of a difference: <c>root_block_device[0].volume_id</c>.</param>
    public bool IsComputed(string address, string path)
    {
        var expressions = resources.Value.GetValueOrDefault(Instances().Replace(address, "")) ?? [];

        return Steps(path) switch
        {
            [var attribute] => !expressions.ContainsKey(attribute),
            [var block, .. var inner] => Blocks(expressions[block]) is { Count: > 0 } blocks && blocks.All(one => !one.ContainsKey(inner[0])),
            _ => false,
        };
    }

    private static string[] Steps(string path) => [.. Instances().Replace(path, "").Split('.').Select(step => step.Split('[')[0])];

    // The expression of an attribute is an object with one of these; that of a block has attributes in it.
    private static IReadOnlyList<JsonObject> Blocks(JsonNode? expression) => expression switch
    {
        JsonArray list => [.. list.OfType<JsonObject>()],
        JsonObject map when !map.ContainsKey("references") && !map.ContainsKey("constant_value") && map.Count > 0 => [map],
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, JsonObject>> Resources(JsonNode? module, string address) =>
        (module?["resources"] as JsonArray ?? [])
            .Select(resource => KeyValuePair.Create($"{address}{(string?)resource!["address"]}", resource["expressions"] as JsonObject ?? []))
            .Concat((module?["module_calls"] as JsonObject ?? []).SelectMany(call => Resources(call.Value?["module"], $"{address}module.{call.Key}.")));

    // The configuration knows no instances: `module.a["x"].aws_y.z[0]` is `module.a.aws_y.z` there.
    [GeneratedRegex("""\[(?:"(?:[^"\\]|\\.)*"|\d+)\]""")]
    private static partial Regex Instances();
}
