using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Provider.Values;

namespace Causeway.Provider.Traits;

/// <summary>
/// What a schema does not tell of a resource type, from the reviewed tables beside this file (one per provider, each entry with a link to the documentation
/// it was taken from). A type without an entry has none of these traits. Paths name attributes with dots through blocks and lists.
/// </summary>
/// <param name="Id">Template of <c>id</c>, see <see cref="Planning.Believable"/>.</param>
/// <param name="Arn">Template of <c>arn</c>.</param>
/// <param name="Values">Templates or values of other attributes that the cloud sets, by path.</param>
/// <param name="ValuesWhen">Further values, by the argument that must be set (and not false or empty) for them to hold.</param>
/// <param name="Defaults">What the provider plans where the configuration is silent, by path.</param>
/// <param name="Replace">Paths whose change makes a new resource.</param>
/// <param name="OnUpdate">Attributes that get a new value whenever another changes.</param>
/// <param name="Sensitive">Attributes whose values are secret.</param>
/// <param name="Unique">Arguments no two resources of the type may share in one account and region.</param>
/// <param name="Exists">Arguments that must name a resource of the type given.</param>
/// <param name="Formats">What an argument's text must look like, by path: <c>cidr</c>, <c>cidr-network</c>, <c>ipv6-cidr</c>, <c>json</c>, <c>arn</c>, <c>one-of:A|B</c>.</param>
/// <param name="DefaultOf">For a resource that comes with another and is only adopted: that other one's attribute is its <c>id</c>.</param>
internal sealed record TypeTraits(
    string? Id,
    string? Arn,
    IReadOnlyDictionary<string, Value> Values,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, Value>> ValuesWhen,
    IReadOnlyDictionary<string, Value> Defaults,
    IReadOnlyList<string> Replace,
    IReadOnlyList<string> OnUpdate,
    IReadOnlyList<string> Sensitive,
    IReadOnlyList<string> Unique,
    IReadOnlyDictionary<string, string> Exists,
    IReadOnlyDictionary<string, string> Formats,
    Adoption? DefaultOf)
{
    public static readonly TypeTraits None = new(null, null, new Dictionary<string, Value>(), new Dictionary<string, IReadOnlyDictionary<string, Value>>(), new Dictionary<string, Value>(), [], [], [], [], new Dictionary<string, string>(), new Dictionary<string, string>(), null);
}

/// <summary>The resource of type <paramref name="Type"/> whose id the argument <paramref name="By"/> holds has the id in its <paramref name="Attribute"/>.</summary>
internal sealed record Adoption(string Type, string By, string Attribute);

/// <summary>The traits of a provider's types, read as they are asked for.</summary>
internal sealed class TraitsTable
{
    private readonly JsonDocument? table;
    private readonly Dictionary<string, TypeTraits> read = [];
    private readonly Lazy<HashSet<string>> idKinds;

    private TraitsTable(JsonDocument? table)
    {
        this.table = table;
        idKinds = new(ReadIdKinds);
    }

    /// <summary>The reviewed table of a provider, by the last part of its address, such as <c>aws</c>; empty where there is none.</summary>
    public static TraitsTable Of(Schemas.ProviderSchema schema)
    {
        using var stream = typeof(TraitsTable).Assembly.GetManifestResourceStream($"Traits/{schema.Address[(schema.Address.LastIndexOf('/') + 1)..]}");

        return new TraitsTable(stream is null ? null : JsonDocument.Parse(stream));
    }

    /// <summary>A table from a file of the same form.</summary>
    public static TraitsTable FromFile(string path) => Parse(File.ReadAllBytes(path));

    public static TraitsTable Parse(ReadOnlyMemory<byte> json) => new(JsonDocument.Parse(json));

    public TypeTraits Of(string type)
    {
        lock (read)
        {
            return read.TryGetValue(type, out var traits) ? traits : read[type] = Read(type);
        }
    }

    /// <summary>What the ids of EC2's kind begin with, such as <c>vpc-</c>: the part of a template before <c>{hex17}</c>.</summary>
    public IReadOnlySet<string> IdKinds => idKinds.Value;

    private HashSet<string> ReadIdKinds() => table is null ? [] : [.. table.RootElement.EnumerateObject()
        .Select(type => type.Value.TryGetProperty("id", out var id) && id.GetString() is { } template && template.EndsWith("-{hex17}", StringComparison.Ordinal) ? template[..^"{hex17}".Length] : null)
        .OfType<string>().Where(kind => !kind.Contains('{'))];

    private TypeTraits Read(string type)
    {
        // Older names of the same types.
        var name = type.StartsWith("aws_alb", StringComparison.Ordinal) ? $"aws_lb{type["aws_alb".Length..]}" : type;

        if (table is null || !table.RootElement.TryGetProperty(name, out var entry))
        {
            return TypeTraits.None;
        }

        return new TypeTraits(
            Text("id"), Text("arn"), Values(entry, "values"), When(), Values(entry, "defaults"), Names("replace"), Names("onUpdate"), Names("sensitive"), Names("unique"), Texts("exists"), Texts("formats"),
            entry.TryGetProperty("defaultOf", out var adopted) ? new Adoption(adopted.GetProperty("type").GetString()!, adopted.GetProperty("by").GetString()!, adopted.GetProperty("attribute").GetString()!) : null);

        string? Text(string key) => entry.TryGetProperty(key, out var text) ? text.GetString() : null;

        IReadOnlyList<string> Names(string key) => entry.TryGetProperty(key, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

        Dictionary<string, string> Texts(string key) => entry.TryGetProperty(key, out var texts) ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!) : [];

        Dictionary<string, IReadOnlyDictionary<string, Value>> When() =>
            entry.TryGetProperty("valuesWhen", out var when) ? when.EnumerateObject().ToDictionary(argument => argument.Name, argument => (IReadOnlyDictionary<string, Value>)Values(when, argument.Name)) : [];

        static Dictionary<string, Value> Values(JsonElement within, string key) =>
            within.TryGetProperty(key, out var values) ? values.EnumerateObject().ToDictionary(value => value.Name, value => Value.FromJson(JsonNode.Parse(value.Value.GetRawText()))) : [];
    }
}
