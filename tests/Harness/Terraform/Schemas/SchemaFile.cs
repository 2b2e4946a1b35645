using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>The file a schema is kept in: JSON with one line per attribute, the same text for the same schema.</summary>
public static class SchemaFile
{
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

            json.WriteStartObject("configuration");
            WriteMembers(json, schema.Configuration);
            json.WriteEndObject();
            WriteTypes(json, "resources", schema.Resources);
            WriteTypes(json, "data", schema.Data);
            WriteTypes(json, "ephemeral", schema.Ephemeral);
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    /// <summary>Writes the file beside its place and moves it there, so that nobody reads half of it.</summary>
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

    /// <exception cref="InvalidDataException">The file is not a schema file.</exception>
    public static ProviderSchema Read(string path)
    {
        using var file = File.OpenRead(path);

        return Read(file, path);
    }

    /// <param name="name">What the text is called in an error.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static ProviderSchema Read(Stream from, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(from);
            var root = document.RootElement;

            string Field(string field) => root.GetProperty(field).GetString() ?? throw new InvalidDataException($"`{field}` is null");

            // The same few words declare most attributes: one copy of each keeps a whole provider small.
            var known = new Dictionary<string, AttributeSchema>();

            return new ProviderSchema(
                Field("provider"),
                Field("version"),
                Field("source"),
                ReadMembers(root.GetProperty("configuration"), known),
                ReadTypes(root.GetProperty("resources"), known),
                ReadTypes(root.GetProperty("data"), known),
                ReadTypes(root.GetProperty("ephemeral"), known))
            {
                Facts = new SortedSet<string>(root.TryGetProperty("facts", out var facts) ? facts.EnumerateArray().Select(fact => fact.GetString()!) : [], StringComparer.Ordinal),
            };
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException)
        {
            throw new InvalidDataException($"{name} is not a provider's schema: {wrong.Message}", wrong);
        }
    }

    /// <summary>What either of two schemas of one provider has; where both have a type, the first one's.</summary>
    /// <exception cref="InvalidDataException">They are of different providers or versions.</exception>
    public static ProviderSchema Merge(ProviderSchema first, ProviderSchema second)
    {
        if ((first.Provider, first.Version) != (second.Provider, second.Version))
        {
            throw new InvalidDataException($"{first.Provider} {first.Version} and {second.Provider} {second.Version} cannot be one schema.");
        }

        static SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Union(
            IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> first, IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> second) =>
            new(first.Concat(second.Where(type => !first.ContainsKey(type.Key))).ToDictionary(type => type.Key, type => type.Value), StringComparer.Ordinal);

        return first with
        {
            Resources = Union(first.Resources, second.Resources),
            Data = Union(first.Data, second.Data),
            Ephemeral = Union(first.Ephemeral, second.Ephemeral),
            Facts = new SortedSet<string>(first.Facts.Concat(second.Facts), StringComparer.Ordinal),
        };
    }

    private static void WriteTypes(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> types)
    {
        json.WriteStartObject(name);

        foreach (var (type, members) in types)
        {
            json.WriteStartObject(type);
            WriteMembers(json, members);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyDictionary<string, MemberSchema> members)
    {
        foreach (var (name, member) in members)
        {
            if (member is NestedSchema nested)
            {
                json.WriteStartObject(name);
                json.WriteString("$", nested.Shape);
                WriteMembers(json, nested.Members);
                json.WriteEndObject();
            }
            else
            {
                json.WriteString(name, ((AttributeSchema)member).Declaration);
            }
        }
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> ReadTypes(JsonElement json, Dictionary<string, AttributeSchema> known)
    {
        var types = new SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>>(StringComparer.Ordinal);

        foreach (var type in json.EnumerateObject())
        {
            types[type.Name] = ReadMembers(type.Value, known);
        }

        return types;
    }

    private static SortedDictionary<string, MemberSchema> ReadMembers(JsonElement json, Dictionary<string, AttributeSchema> known)
    {
        var members = new SortedDictionary<string, MemberSchema>(StringComparer.Ordinal);

        foreach (var member in json.EnumerateObject().Where(member => member.Name is not "$"))
        {
            members[member.Name] = member.Value.ValueKind is JsonValueKind.Object
                ? new NestedSchema(member.Value.GetProperty("$").GetString()!, ReadMembers(member.Value, known))
                : Attribute(member.Value.GetString() ?? throw new InvalidDataException($"`{member.Name}` is null"), known);
        }

        return members;
    }

    private static AttributeSchema Attribute(string declaration, Dictionary<string, AttributeSchema> known) =>
        known.TryGetValue(declaration, out var same) ? same : known[declaration] = new AttributeSchema(declaration);
}
