using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Causeway.ProviderSchemas;

/// <summary>
/// The file a schema is kept in: JSON with one line per attribute, the same text for the same schema. An attribute is <c>"name": "optional computed
/// string"</c>.
/// A block is an object whose <c>$</c> is its <see cref="NestedSchema.Shape"/>. Very many attributes of one declaration share an entry: the declaration, and
/// their names. A block's members that many blocks have stand under <c>blocks</c> once; such a block has their name as its <c>$block</c>.
/// </summary>
public static class SchemaFile
{
    // A provider's configuration has an address for each of its services; no type has so many attributes of one declaration.
    private const int Many = 100;
    private const int LineLength = 120;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text.</summary>
    public static string Text(ProviderSchema schema)
    {
        using var memory = new MemoryStream();
        Write(schema, memory);

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>Writes the file's text, ended by a line break.</summary>
    public static void Write(ProviderSchema schema, Stream to)
    {
        using (var json = new Utf8JsonWriter(to, Layout))
        {
            json.WriteStartObject();
            json.WriteString("provider", schema.Provider);
            json.WriteString("version", schema.Version);
            json.WriteString("source", schema.Source);

            if (schema.Facts.Count > 0)
            {
                json.WriteStartArray("facts");
                schema.Facts.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            var shared = new SharedBlocks(schema);

            if (shared.All.Any())
            {
                json.WriteStartObject("blocks");

                foreach (var (name, members) in shared.All)
                {
                    json.WriteStartObject(name);
                    WriteMembers(json, members, shared);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteStartObject("configuration");
            WriteMembers(json, schema.Configuration, shared);
            json.WriteEndObject();
            WriteTypes(json, "resources", schema.Resources, shared);
            WriteTypes(json, "data", schema.Data, shared);
            WriteTypes(json, "ephemeral", schema.Ephemeral, shared);
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    /// <summary>Writes a temporary file and moves it to its place, so that a reader never sees half a file.</summary>
    public static void Write(ProviderSchema schema, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";

        using (var file = File.Create(unfinished))
        {
            Write(schema, file);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">The file is not a schema file; the message names the place.</exception>
    public static ProviderSchema Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <param name="json">A file's content.</param>
    /// <param name="name">What the messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static ProviderSchema Parse(ReadOnlyMemory<byte> json, string name) => Read(() => JsonDocument.Parse(json), name);

    /// <param name="json">A file's content.</param>
    /// <param name="name">What the messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static ProviderSchema Parse(Stream json, string name) => Read(() => JsonDocument.Parse(json), name);

    /// <summary>What either of two schemas of one provider has; where both have a type, the first one's.</summary>
    /// <exception cref="InvalidDataException">They are of different providers or versions.</exception>
    public static ProviderSchema Merge(ProviderSchema first, ProviderSchema second)
    {
        if ((first.Provider, first.Version) != (second.Provider, second.Version))
        {
            throw new InvalidDataException($"{first.Provider} {first.Version} and {second.Provider} {second.Version} cannot be one schema.");
        }

        static SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Union(
            IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> first,
            IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> second) =>
            new(first.Concat(second.Where(type => !first.ContainsKey(type.Key))).ToDictionary(type => type.Key, type => type.Value), StringComparer.Ordinal);

        return first with
        {
            Resources = Union(first.Resources, second.Resources),
            Data = Union(first.Data, second.Data),
            Ephemeral = Union(first.Ephemeral, second.Ephemeral),
            Facts = new SortedSet<string>(first.Facts.Concat(second.Facts), StringComparer.Ordinal),
        };
    }

    private static ProviderSchema Read(Func<JsonDocument> parse, string name)
    {
        try
        {
            using var document = parse();
            var root = Members(document.RootElement, "the file").ToDictionary(member => member.Name, member => member.Value);

            // The same few words declare most attributes: one copy of each keeps a whole provider small.
            var known = new Known([], []);

            if (root.TryGetValue("blocks", out var blocks))
            {
                foreach (var block in Members(blocks, "blocks"))
                {
                    known.Blocks.Add(block.Name, ReadMembers(block.Value, $"blocks.{block.Name}", known));
                }
            }

            return new ProviderSchema(
                Field(root, "provider"),
                Field(root, "version"),
                root.TryGetValue("source", out var source) ? Text(source, "source") : "",
                root.TryGetValue("configuration", out var configuration) ? ReadMembers(configuration, "configuration", known) : [],
                ReadTypes(root, "resources", known),
                ReadTypes(root, "data", known),
                ReadTypes(root, "ephemeral", known))
            {
                Facts = new SortedSet<string>(root.TryGetValue("facts", out var facts) ? Texts(facts, "facts") : [], StringComparer.Ordinal),
            };
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{name} is not JSON: {wrong.Message}", wrong);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"{name} is not a provider's schema: {wrong.Message}", wrong);
        }
    }

    private static void WriteTypes(
        Utf8JsonWriter json, string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> types, SharedBlocks blocks)
    {
        json.WriteStartObject(name);

        foreach (var (type, members) in types)
        {
            json.WriteStartObject(type);
            WriteMembers(json, members, blocks);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyDictionary<string, MemberSchema> members, SharedBlocks blocks)
    {
        var shared = members.Where(member => member.Value is AttributeSchema).GroupBy(member => member.Value).Where(group => group.Count() >= Many).ToList();

        foreach (var group in shared)
        {
            json.WriteStartArray(((AttributeSchema)group.Key).Declaration);
            Lines(group.Select(member => member.Key)).ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        foreach (var (name, member) in members.Where(member => !shared.Any(group => group.Key == member.Value)))
        {
            if (member is NestedSchema nested)
            {
                json.WriteStartObject(name);
                json.WriteString("$", nested.Shape);

                if (blocks.NameOf(nested) is { } block)
                {
                    json.WriteString("$block", block);
                }
                else
                {
                    WriteMembers(json, nested.Members, blocks);
                }

                json.WriteEndObject();
            }
            else
            {
                json.WriteString(name, ((AttributeSchema)member).Declaration);
            }
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<string> names)
    {
        var line = new StringBuilder();

        foreach (var name in names)
        {
            if (line.Length + name.Length >= LineLength)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(name);
        }

        yield return line.ToString();
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> ReadTypes(
        Dictionary<string, JsonElement> root, string section, Known known)
    {
        var types = new SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>>(StringComparer.Ordinal);

        if (root.TryGetValue(section, out var json))
        {
            foreach (var type in Members(json, section))
            {
                types.Add(type.Name, ReadMembers(type.Value, type.Name, known));
            }
        }

        return types;
    }

    private static SortedDictionary<string, MemberSchema> ReadMembers(JsonElement json, string place, Known known)
    {
        var members = new SortedDictionary<string, MemberSchema>(StringComparer.Ordinal);

        foreach (var member in Members(json, place).Where(member => member.Name is not "$"))
        {
            var inside = $"{place}.{member.Name}";

            foreach (var (name, content) in member.Value.ValueKind switch
            {
                JsonValueKind.String => [(member.Name, (MemberSchema)Attribute(member.Value.GetString()!, known))],
                JsonValueKind.Array =>
                    Texts(member.Value, inside).SelectMany(line => line.Split(' ')).Select(name => (name, (MemberSchema)Attribute(member.Name, known))),
                _ => [(member.Name, new NestedSchema(Shape(member.Value, inside), ReadBlock(member.Value, inside, known)))],
            })
            {
                if (!members.TryAdd(name, content))
                {
                    throw Twice(place, name);
                }
            }
        }

        return members;
    }

    private static SortedDictionary<string, MemberSchema> ReadBlock(JsonElement json, string place, Known known)
    {
        if (!json.TryGetProperty("$block", out var shared))
        {
            return ReadMembers(json, place, known);
        }

        var name = Text(shared, $"{place}.$block");

        return Members(json, place).Count != 2 ? throw new InvalidDataException($"{place}: beside \"$\" and \"$block\" there is nothing to say.")
            : known.Blocks.TryGetValue(name, out var members) ? members
            : throw new InvalidDataException($"{place}.$block: there is no {name} in \"blocks\", or it comes later.");
    }

    private static string Shape(JsonElement json, string place) => json.ValueKind is JsonValueKind.Object && json.TryGetProperty("$", out var shape)
        ? Text(shape, $"{place}.$")
        : throw new InvalidDataException($"{place}: \"$\" is missing.");

    private static AttributeSchema Attribute(string declaration, Known known) =>
        known.Attributes.TryGetValue(declaration, out var same) ? same : known.Attributes[declaration] = new AttributeSchema(declaration);

    private static List<JsonProperty> Members(JsonElement json, string place)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw new InvalidDataException($"{place}: expected an object, found {json.ValueKind}.");
        }

        var members = json.EnumerateObject().ToList();
        var seen = new HashSet<string>();

        return members.FirstOrDefault(member => !seen.Add(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } again
            ? throw Twice(place, again.Name)
            : members;
    }

    private static string Field(Dictionary<string, JsonElement> root, string name) =>
        root.TryGetValue(name, out var field) ? Text(field, name) : throw new InvalidDataException($"\"{name}\" is missing.");

    private static IEnumerable<string> Texts(JsonElement json, string place) => json.ValueKind is JsonValueKind.Array
        ? json.EnumerateArray().Select(item => Text(item, place))
        : throw new InvalidDataException($"{place}: expected an array, found {json.ValueKind}.");

    private static string Text(JsonElement json, string place) => json.ValueKind is JsonValueKind.String
        ? json.GetString()!
        : throw new InvalidDataException($"{place}: expected a text, found {json.ValueKind}.");

    private static InvalidDataException Twice(string place, string name) => new($"{place}: {name} is there twice.");

    // One copy of what stands in many places.
    private sealed record Known(Dictionary<string, AttributeSchema> Attributes, Dictionary<string, SortedDictionary<string, MemberSchema>> Blocks);
}
