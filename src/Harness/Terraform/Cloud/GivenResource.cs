using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Cloud;

/// <summary>Something from outside of a run, declared for it: a resource that data sources find, or the result of one data source.</summary>
/// <param name="Type">Its type; with an address that of the data source.</param>
/// <param name="Address">The data source whose result it is: <c>module.build.data.external.version</c>; null for a resource that every lookup may find.</param>
/// <param name="Region">Where it is found; null: in every region.</param>
public sealed record GivenResource(string Type, string? Address, string? Region, JsonObject Attributes)
{
    /// <summary>A file of this name beside a root's files is read without being named.</summary>
    public const string FileName = "given.yaml";

    private const string Form =
        "Write `{ type: aws_route53_zone, attributes: { name: example.org } }` or `{ address: data.external.version, result: { version: \"1.2\" } }`.";

    private static readonly string[] Keys = ["type", "address", "region", "attributes", "result"];

    /// <summary>
    /// What a file declares: YAML or JSON, a list of entries, or one entry after the other (a document each, or a line of JSON each).
    /// An entry has <c>type</c> or <c>address</c>, <c>attributes</c> or <c>result</c>, and perhaps <c>region</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">An entry is of another form; the message names the file and which entry.</exception>
    public static IReadOnlyList<GivenResource> Read(string file)
    {
        var text = File.ReadAllText(file);
        var entries = Lines(text) ?? Yaml.Load(text, file);

        return [
            .. entries.SelectMany(IEnumerable<JsonNode?> (entry) => entry is JsonArray list ? list : [entry])
                .Select((entry, index) => Parse(entry, $"{file}, entry {index + 1}"))
        ];
    }

    /// <summary>The names in an address without what is in brackets: <c>module</c>, <c>build</c>, <c>data</c>, <c>external</c>, <c>version</c>.</summary>
    internal static string[] Steps(string address) => [.. System.Text.RegularExpressions.Regex.Replace(address, """\[(?:"[^"]*"|\d+)\]""", "").Split('.')];

    // One JSON object a line, as a message of the provider shows it. Several such lines are not YAML.
    private static JsonNode[]? Lines(string text)
    {
        string[] lines = [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

        try
        {
            return lines.All(line => line.StartsWith('{')) ? [.. lines.Select(line => JsonNode.Parse(line)!)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static GivenResource Parse(JsonNode? node, string place)
    {
        if (
            node is not JsonObject entry
                || entry.Select(pair => pair.Key).Except(Keys).FirstOrDefault() is { }
                || entry.ContainsKey("type") == entry.ContainsKey("address")
            || entry.ContainsKey("attributes") == entry.ContainsKey("result") || (entry["attributes"] ?? entry["result"]) is not JsonObject values)
        {
            throw new InvalidDataException($"{place}: an entry has `type` or `address`, and `attributes` or `result`; `region` may be added. {Form}");
        }

        if (Text(entry["address"]) is not { } address)
        {
            return new(
                Text(entry["type"]) ?? throw new InvalidDataException($"{place}: `type` is not a text. {Form}"),
                null,
                Text(entry["region"]),
                (JsonObject)values.DeepClone());
        }

        return Steps(address) is [.., "data", var type, _] steps && steps.Length % 2 == 1
            ? new(
                type,
                address,
                Text(entry["region"]),
                (JsonObject)(entry["result"] is null || type is not "external" ? values : new JsonObject { ["result"] = values.DeepClone() }).DeepClone())
            : throw new InvalidDataException($"{place}: {address} is not the address of a data source, such as `module.build.data.external.version`.");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
