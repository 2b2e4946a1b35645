using Causeway.ProviderSchemas;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Schemas;

/// <summary>
/// Reads what the words of a compact schema file mean. An attribute is <c>optional computed string</c>: flags, then its type. A block says <c>single</c>,
/// <c>map</c>,
/// <c>list 0..1</c> or <c>set 1..*</c>, with <c>computed</c> behind it where the cloud may fill it in. A nested attribute says <c>attribute list optional
/// computed</c>.
/// </summary>
internal static class ServedSchemaReader
{
    /// <exception cref="InvalidDataException">A declaration has another form; the message names the place.</exception>
    public static ServedSchema Read(ProviderSchema schema)
    {
        return new ServedSchema(
            schema.Provider,
            schema.Version,
            Block(schema.Configuration, "configuration"),
            Blocks(schema.Resources),
            Blocks(schema.Data),
            Blocks(schema.Ephemeral),
            schema.Facts);

        static Dictionary<string, Block> Blocks(IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> types) =>
            types.ToDictionary(type => type.Key, type => Block(type.Value, type.Key));
    }

    private static Block Block(IReadOnlyDictionary<string, MemberSchema> members, string place)
    {
        var attributes = new Dictionary<string, Attribute>();
        var blocks = new Dictionary<string, NestedBlock>();

        foreach (var (name, member) in members)
        {
            var inside = $"{place}.{name}";

            if (member is not NestedSchema nested)
            {
                attributes.Add(name, Plain(((AttributeSchema)member).Declaration, inside));

                continue;
            }

            string[] words = nested.Shape.Split(' ');

            if (words is ["attribute", ..])
            {
                var nesting = Nesting(words.ElementAtOrDefault(1) ?? "", inside);
                var content = Block(nested.Members, inside);
                attributes.Add(name, Flagged(words[2..], NestedTypes.Wrap(nesting, content.Type), new NestedAttributes(nesting, content), inside));
            }
            else
            {
                blocks.Add(name, Nested(words, Block(nested.Members, inside), inside));
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
        catch (FormatException wrong)
        {
            throw new InvalidDataException($"{place}: {wrong.Message}", wrong);
        }
    }

    private static Attribute Flagged(string[] flags, ValueType type, NestedAttributes? nested, string place)
    {
        if (flags.FirstOrDefault(flag => flag is not ("required" or "optional" or "computed" or "sensitive" or "writeonly")) is { } wrong)
        {
            throw new InvalidDataException($"{place}: {wrong} is not a flag of an attribute.");
        }

        var attribute = new Attribute(
            type,
            flags.Contains("required"),
            flags.Contains("optional"),
            flags.Contains("computed"),
            flags.Contains("sensitive"),
            flags.Contains("writeonly"),
            nested);

        // Terraform refuses a provider's whole schema for one such attribute, without saying which file it came from.
        return attribute.Required == (attribute.Optional || attribute.Computed)
            ? throw new InvalidDataException($"{place}: an attribute is either required, or optional, computed or both.")
            : attribute;
    }

    private static NestedBlock Nested(string[] words, Block content, string place)
    {
        var nesting = Nesting(words[0], place);
        string[] counts = [.. words.Skip(1).Where(word => word is not "computed")];
        var (min, max) = counts switch
        {
            [] => (0, nesting is Schemas.Nesting.Single ? 1 : (int?)null),
            [var count] when count.Split("..") is [var from, var to]
                && int.TryParse(from, out var least)
                && Most(to, out var most)
                && (most ?? int.MaxValue) >= least =>
                (least, most),
            _ => throw new InvalidDataException($"{place}: {string.Join(' ', counts)} is not a count, such as 0..1 or 1..*."),
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
        _ => throw new InvalidDataException($"{place}: \"{word}\" is not a nesting."),
    };
}
