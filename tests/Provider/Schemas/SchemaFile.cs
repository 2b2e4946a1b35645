using System.Text.Json;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Schemas;

/// <summary>
/// Reads a compact schema file: <c>provider</c>, <c>version</c>, <c>configuration</c>, <c>resources</c>, <c>data</c>, <c>ephemeral</c>. An attribute is
/// <c>"optional computed string"</c>: flags, then its type. A block is an object whose <c>$</c> says <c>single</c>, <c>map</c>, <c>list 0..1</c> or
/// <c>set 1..*</c>, with <c>computed</c> behind it where the cloud may fill it in. A nested attribute's <c>$</c> is <c>attribute list optional computed</c>.
/// </summary>
internal static class SchemaFile
{
    /// <exception cref="FormatException">The file has not this form; the message names the place.</exception>
    public static ProviderSchema Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;

        return new ProviderSchema(
            root.GetProperty("provider").GetString()!,
            root.GetProperty("version").GetString()!,
            root.TryGetProperty("configuration", out var configuration) ? Block(configuration, "configuration") : new Block(new Dictionary<string, Attribute>(), new Dictionary<string, NestedBlock>()),
            Blocks(root, "resources"),
            Blocks(root, "data"),
            Blocks(root, "ephemeral"));
    }

    private static Dictionary<string, Block> Blocks(JsonElement root, string section) =>
        root.TryGetProperty(section, out var types) ? types.EnumerateObject().ToDictionary(type => type.Name, type => Block(type.Value, type.Name)) : [];

    private static Block Block(JsonElement json, string place)
    {
        var attributes = new Dictionary<string, Attribute>();
        var blocks = new Dictionary<string, NestedBlock>();

        foreach (var member in json.EnumerateObject().Where(member => member.Name is not "$"))
        {
            var inside = $"{place}.{member.Name}";

            if (member.Value.ValueKind is JsonValueKind.String)
            {
                attributes.Add(member.Name, Plain(member.Value.GetString()!, inside));
            }
            else
            {
                string[] words = member.Value.GetProperty("$").GetString()!.Split(' ');

                if (words[0] is "attribute")
                {
                    var nesting = Nesting(words[1], inside);
                    var content = Block(member.Value, inside);
                    attributes.Add(member.Name, Flagged(words[2..], NestedTypes.Wrap(nesting, content.Type), new NestedAttributes(nesting, content), inside));
                }
                else
                {
                    blocks.Add(member.Name, Nested(words, Block(member.Value, inside), inside));
                }
            }
        }

        return new Block(attributes, blocks);
    }

    private static Attribute Plain(string text, string place)
    {
        string[] words = text.Split(' ');

        return Flagged(words[..^1], ValueType.Parse(words[^1]), null, place);
    }

    private static Attribute Flagged(string[] flags, ValueType type, NestedAttributes? nested, string place) =>
        flags.FirstOrDefault(flag => flag is not ("required" or "optional" or "computed" or "sensitive" or "writeonly")) is { } wrong
            ? throw new FormatException($"{place}: {wrong} is no flag of an attribute.")
            : new Attribute(type, flags.Contains("required"), flags.Contains("optional"), flags.Contains("computed"), flags.Contains("sensitive"), flags.Contains("writeonly"), nested);

    private static NestedBlock Nested(string[] words, Block content, string place)
    {
        var nesting = Nesting(words[0], place);
        var (min, max) = (0, nesting is Schemas.Nesting.Single ? 1 : (int?)null);

        if (words.Length > 1 && words[1].Split("..") is [var from, var to])
        {
            (min, max) = (int.Parse(from), to is "*" ? null : int.Parse(to));
        }

        return new NestedBlock(nesting, content, min, max, words.Contains("computed"));
    }

    private static Nesting Nesting(string word, string place) => word switch
    {
        "single" => Schemas.Nesting.Single,
        "list" => Schemas.Nesting.List,
        "set" => Schemas.Nesting.Set,
        "map" => Schemas.Nesting.Map,
        _ => throw new FormatException($"{place}: {word} is no nesting."),
    };
}
