using System.Text.Json;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Schemas;

/// <summary>
/// Reads a compact schema file: <c>provider</c>, <c>version</c>, <c>configuration</c>, <c>resources</c>, <c>data</c>, <c>ephemeral</c>, and by <c>facts</c> the data
/// sources that no resource stands behind. An attribute is
/// <c>"optional computed string"</c>: flags, then its type. A block is an object whose <c>$</c> says <c>single</c>, <c>map</c>, <c>list 0..1</c> or
/// <c>set 1..*</c>, with <c>computed</c> behind it where the cloud may fill it in. A nested attribute's <c>$</c> is <c>attribute list optional computed</c>.
/// </summary>
internal static class SchemaFile
{
    /// <exception cref="FormatException">The file has not this form; the message names the place.</exception>
    public static ProviderSchema Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <param name="json">A file's content.</param>
    /// <param name="name">What the messages call it.</param>
    /// <exception cref="FormatException">It has not this form; the message names the place.</exception>
    public static ProviderSchema Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = Members(document.RootElement, name);

            return new ProviderSchema(
                Text(Member(document.RootElement, "provider", name), "provider"),
                Text(Member(document.RootElement, "version", name), "version"),
                root.TryGetValue("configuration", out var configuration) ? Block(configuration, "configuration") : new Block(new Dictionary<string, Attribute>(), new Dictionary<string, NestedBlock>()),
                Blocks(root, "resources"),
                Blocks(root, "data"),
                Blocks(root, "ephemeral"),
                root.TryGetValue("facts", out var facts) ? facts.EnumerateArray().Select(fact => Text(fact, "facts")).ToHashSet() : []);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{name} is no JSON: {wrong.Message}", wrong);
        }
    }

    private static Dictionary<string, Block> Blocks(Dictionary<string, JsonElement> root, string section) =>
        root.TryGetValue(section, out var types) ? Members(types, section).ToDictionary(type => type.Key, type => Block(type.Value, type.Key)) : [];

    private static Block Block(JsonElement json, string place)
    {
        var attributes = new Dictionary<string, Attribute>();
        var blocks = new Dictionary<string, NestedBlock>();

        foreach (var (name, content) in Members(json, place).Where(member => member.Key is not "$"))
        {
            var inside = $"{place}.{name}";

            if (content.ValueKind is JsonValueKind.String)
            {
                attributes.Add(name, Plain(Text(content, inside), inside));

                continue;
            }

            string[] words = Text(Member(content, "$", inside), $"{inside}.$").Split(' ');

            if (words is ["attribute", ..])
            {
                var nesting = Nesting(words.ElementAtOrDefault(1) ?? "", inside);
                var members = Block(content, inside);
                attributes.Add(name, Flagged(words[2..], NestedTypes.Wrap(nesting, members.Type), new NestedAttributes(nesting, members), inside));
            }
            else
            {
                blocks.Add(name, Nested(words, Block(content, inside), inside));
            }
        }

        return new Block(attributes, blocks);
    }

    private static Attribute Plain(string text, string place)
    {
        string[] words = text.Split(' ');

        try
        {
            return Flagged(words[..^1], ValueType.Parse(words[^1]), null, place);
        }
        catch (FormatException wrong) when (!wrong.Message.StartsWith(place, StringComparison.Ordinal))
        {
            throw new FormatException($"{place}: {wrong.Message}", wrong);
        }
    }

    private static Attribute Flagged(string[] flags, ValueType type, NestedAttributes? nested, string place)
    {
        if (flags.FirstOrDefault(flag => flag is not ("required" or "optional" or "computed" or "sensitive" or "writeonly")) is { } wrong)
        {
            throw new FormatException($"{place}: {wrong} is no flag of an attribute.");
        }

        var attribute = new Attribute(type, flags.Contains("required"), flags.Contains("optional"), flags.Contains("computed"), flags.Contains("sensitive"), flags.Contains("writeonly"), nested);

        // Terraform refuses a provider's whole schema for one such attribute, without saying which file it came from.
        return attribute.Required == (attribute.Optional || attribute.Computed)
            ? throw new FormatException($"{place}: an attribute is either required, or optional, computed or both.")
            : attribute;
    }

    private static NestedBlock Nested(string[] words, Block content, string place)
    {
        var nesting = Nesting(words[0], place);
        string[] counts = [.. words.Skip(1).Where(word => word is not "computed")];
        var (min, max) = counts switch
        {
            [] => (0, nesting is Schemas.Nesting.Single ? 1 : (int?)null),
            [var count] when count.Split("..") is [var from, var to] && int.TryParse(from, out var least) && Most(to, out var most) && (most ?? int.MaxValue) >= least => (least, most),
            _ => throw new FormatException($"{place}: {string.Join(' ', counts)} is no count, such as 0..1 or 1..*."),
        };

        return new NestedBlock(nesting, content, min, max, words.Contains("computed"));
    }

    private static bool Most(string text, out int? most)
    {
        most = int.TryParse(text, out var number) ? number : null;

        return text is "*" || most is not null;
    }

    private static Nesting Nesting(string word, string place) => word switch
    {
        "single" => Schemas.Nesting.Single,
        "list" => Schemas.Nesting.List,
        "set" => Schemas.Nesting.Set,
        "map" => Schemas.Nesting.Map,
        _ => throw new FormatException($"{place}: \"{word}\" is no nesting."),
    };

    private static Dictionary<string, JsonElement> Members(JsonElement json, string place)
    {
        var members = new Dictionary<string, JsonElement>();

        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"{place}: an object is wanted, not {json.ValueKind}.");
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                throw new FormatException($"{place}: {member.Name} stands there twice.");
            }
        }

        return members;
    }

    private static JsonElement Member(JsonElement json, string name, string place) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : throw new FormatException($"{place}: \"{name}\" is missing.");

    private static string Text(JsonElement json, string place) =>
        json.ValueKind is JsonValueKind.String ? json.GetString()! : throw new FormatException($"{place}: a text is wanted, not {json.ValueKind}.");
}
