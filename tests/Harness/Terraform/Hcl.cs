using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>A block of a Terraform file, as far as it can be told without evaluating anything.</summary>
/// <param name="Type">For example <c>resource</c>, <c>module</c>, <c>backend</c>.</param>
/// <param name="Labels">What stands between type and brace, without quotes.</param>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line of the block's first character; 0 where the file is JSON.</param>
/// <param name="Texts">Attributes whose whole value is a literal text.</param>
/// <param name="Blocks">The blocks inside.</param>
public sealed record HclBlock(string Type, IReadOnlyList<string> Labels, string File, int Line, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<HclBlock> Blocks)
{
    /// <summary>Attributes that are an object of literal texts, by name: <c>required_providers { aws = { source = "…" } }</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Objects { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
}

/// <summary>
/// Reads the blocks of Terraform files: enough to find module calls, backends, variables and which types a configuration uses.
/// What it does not understand it skips: errors in a file are Terraform's to report.
/// </summary>
public static class Hcl
{
    /// <summary>The blocks of all <c>*.tf</c> and <c>*.tf.json</c> files of a folder (not of its sub-folders), files in order of name.</summary>
    public static IReadOnlyList<HclBlock> ReadFolder(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder)
                .Where(file => file.EndsWith(".tf", StringComparison.Ordinal) || file.EndsWith(".tf.json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .SelectMany(ReadFile)]
            : [];

    public static IReadOnlyList<HclBlock> ReadFile(string file) =>
        file.EndsWith(".json", StringComparison.Ordinal) ? HclJson.Read(File.ReadAllText(file), file) : Read(File.ReadAllText(file), file);

    public static IReadOnlyList<HclBlock> Read(string text, string file) => new HclReader(text, file).Body().Blocks;
}

/// <summary>Terraform's JSON form: nested objects instead of labels.</summary>
internal static class HclJson
{
    private static readonly Dictionary<string, int> Labels = new() { ["resource"] = 2, ["data"] = 2, ["ephemeral"] = 2, ["module"] = 1, ["variable"] = 1, ["output"] = 1, ["provider"] = 1, ["backend"] = 1 };

    public static IReadOnlyList<HclBlock> Read(string text, string file)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject root ? [.. root.SelectMany(pair => Blocks(pair.Key, [], pair.Value, file))] : [];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<HclBlock> Blocks(string type, IReadOnlyList<string> labels, JsonNode? value, string file) => value switch
    {
        JsonArray list => list.SelectMany(item => Blocks(type, labels, item, file)),
        JsonObject map when labels.Count < Labels.GetValueOrDefault(type) => map.SelectMany(pair => Blocks(type, [.. labels, pair.Key], pair.Value, file)),
        JsonObject map => [new HclBlock(type, labels, file, 0, Texts(map), [.. map.Where(pair => pair.Value is JsonObject or JsonArray).SelectMany(pair => Blocks(pair.Key, [], pair.Value, file))])
        {
            Objects = map.Where(pair => pair.Value is JsonObject).ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, string>)Texts(pair.Value!.AsObject())),
        }],
        _ => [],
    };

    private static Dictionary<string, string> Texts(JsonObject map) =>
        map.Where(pair => pair.Value is JsonValue text && text.GetValueKind() is System.Text.Json.JsonValueKind.String).ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
}
