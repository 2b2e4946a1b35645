using System.Text;

namespace Causeway.ProviderSchemas;

/// <summary>
/// The blocks of a schema that stand in it more than once with the same members: a file has each of them once. The statement of a firewall's rule has some
/// thousand members, and stands in itself.
/// </summary>
internal sealed class SharedBlocks
{
    // Smaller ones are easier to read where they are.
    private const int Least = 20;

    private readonly Dictionary<string, Content> contents = [];
    private readonly Dictionary<IReadOnlyDictionary<string, MemberSchema>, Content> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Content, string> names = [];

    public SharedBlocks(ProviderSchema schema)
    {
        foreach (var members in schema.Resources.Values.Concat(schema.Data.Values).Concat(schema.Ephemeral.Values).Prepend(schema.Configuration))
        {
            Count(members);
        }

        var taken = new Dictionary<string, int>();

        foreach (var content in contents.Values.Where(content => content is { Places: > 1, Size: >= Least }))
        {
            var number = taken[content.Name] = taken.GetValueOrDefault(content.Name) + 1;
            names[content] = number == 1 ? content.Name : $"{content.Name}-{number}";
        }
    }

    /// <summary>Each with its name, those first that others have in them.</summary>
    public IEnumerable<(string Name, IReadOnlyDictionary<string, MemberSchema> Members)> All =>
        contents.Values.Where(names.ContainsKey).Select(content => (names[content], content.Members));

    /// <summary>What the members of a block are called where they are shared; null: they are not.</summary>
    public string? NameOf(NestedSchema block) => names.GetValueOrDefault(known[block.Members]);

    private void Count(IReadOnlyDictionary<string, MemberSchema> members)
    {
        foreach (var (name, member) in members)
        {
            if (member is NestedSchema nested)
            {
                Find(nested.Members, name).Places++;
            }
        }
    }

    // What is in a shared block stands there once, however often the block stands somewhere.
    private Content Find(IReadOnlyDictionary<string, MemberSchema> members, string name)
    {
        if (known.TryGetValue(members, out var content))
        {
            return content;
        }

        var (text, size) = (new StringBuilder(), 0);

        foreach (var (member, schema) in members)
        {
            var below = schema is NestedSchema nested ? Find(nested.Members, member) : null;
            text.Append(member).Append('\t').Append(below is null ? ((AttributeSchema)schema).Declaration : $"{((NestedSchema)schema).Shape}\t{below.Id}");
            text.Append('\n');
            size += 1 + (below?.Size ?? 0);
        }

        if (!contents.TryGetValue(text.ToString(), out content))
        {
            content = new(contents.Count, name, members, size);
            contents.Add(text.ToString(), content);
            Count(members);
        }

        return known[members] = content;
    }

    private sealed class Content(int id, string name, IReadOnlyDictionary<string, MemberSchema> members, int size)
    {
        public int Id => id;

        /// <summary>Of the first block that has it.</summary>
        public string Name => name;

        public IReadOnlyDictionary<string, MemberSchema> Members => members;

        public int Size => size;

        public int Places { get; set; }
    }
}
