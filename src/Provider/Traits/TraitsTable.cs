using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Provider.Rules;
using Causeway.Provider.Values;

namespace Causeway.Provider.Traits;

/// <summary>
/// The traits of a provider's types: the entries of all its files, one file per service. A type's traits are read when they are first asked for.
/// </summary>
internal sealed class TraitsTable
{
    private readonly Dictionary<string, JsonElement> entries = [];
    private readonly Dictionary<string, TypeTraits> read = [];
    private readonly Lazy<HashSet<string>> idKinds;

    private TraitsTable(IEnumerable<(string File, ReadOnlyMemory<byte> Json)> files)
    {
        var definedIn = new Dictionary<string, string>();

        foreach (var (file, json) in files)
        {
            foreach (var entry in JsonDocument.Parse(json).RootElement.EnumerateObject().Where(member => member.Name is not "$schema"))
            {
                if (!definedIn.TryAdd(entry.Name, file))
                {
                    throw new InvalidDataException($"{file}: {entry.Name} is already defined in {definedIn[entry.Name]}. Keep one of the two entries.");
                }

                entries.Add(entry.Name, entry.Value);
            }
        }

        idKinds = new(ReadIdKinds);
    }

    /// <summary>Every type that has an entry.</summary>
    public IReadOnlyCollection<string> Types => entries.Keys;

    /// <summary>What the ids of EC2's kind begin with, such as <c>vpc-</c>: the part of a template before <c>{hex17}</c>.</summary>
    public IReadOnlySet<string> IdKinds => idKinds.Value;

    /// <summary>The reviewed traits of a provider, by the last part of its address, such as <c>aws</c>; empty where there are none.</summary>
    public static TraitsTable Of(Schemas.ServedSchema schema) => OfProvider(schema.Address[(schema.Address.LastIndexOf('/') + 1)..]);

    /// <param name="provider">The name of a folder beside this file, such as <c>aws</c>.</param>
    public static TraitsTable OfProvider(string provider)
    {
        var assembly = typeof(TraitsTable).Assembly;

        return new TraitsTable(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"Traits/{provider}/", StringComparison.Ordinal))
            .Select(name => (name, Content(assembly.GetManifestResourceStream(name)!))));
    }

    /// <summary>A table from a file of the same form.</summary>
    public static TraitsTable FromFile(string path) => new([(path, File.ReadAllBytes(path))]);

    /// <param name="files">The content of each file, all of one provider.</param>
    /// <exception cref="InvalidDataException">Two files define one type.</exception>
    public static TraitsTable Parse(params IEnumerable<ReadOnlyMemory<byte>> files) => new(files.Select((json, index) => ($"file {index + 1}", json)));

    /// <summary>The present name of a type that has an older one as well.</summary>
    public static string NameOf(string type) => type.StartsWith("aws_alb", StringComparison.Ordinal) ? $"aws_lb{type["aws_alb".Length..]}" : type;

    public TypeTraits Of(string type)
    {
        lock (read)
        {
            return read.TryGetValue(type, out var traits) ? traits : read[type] = Read(type);
        }
    }

    private static ReadOnlyMemory<byte> Content(Stream stream)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);

            return content;
        }
    }

    private HashSet<string> ReadIdKinds()
    {
        const string Drawn = "{hex17}";
        var templates = entries.Values.Select(entry => entry.TryGetProperty("id", out var id) ? id.GetString() : null).OfType<string>();

        return [
            .. templates.Where(template => template.EndsWith($"-{Drawn}", StringComparison.Ordinal))
                .Select(template => template[..^Drawn.Length])
                .Where(kind => !kind.Contains('{'))
        ];
    }

    private TypeTraits Read(string type)
    {
        if (!entries.TryGetValue(NameOf(type), out var entry))
        {
            return TypeTraits.None;
        }

        return new TypeTraits(
            Text("id"),
            Text("arn"),
            Values(entry, "values"),
            When(),
            Values(entry, "defaults"),
            Names("replace"),
            Names("onUpdate"),
            Names("sensitive"),
            Names("unique"),
            Texts("exists"),
            Texts("formats"),
            entry.TryGetProperty("defaultOf", out var adopted)
                ? new Adoption(Required(adopted, "type"), Required(adopted, "by"), Required(adopted, "attribute"))
                : null)
        {
            Rules = RulesOf("rules"),
            DeletionRules = RulesOf("deletionRules"),
            BlocksDeletion = Texts("blocksDeletion"),
            Force = Text("force"),
            Takes = Texts("takes"),
            AsksFor = Texts("asksFor"),
            Network = entry.TryGetProperty("network", out var network)
                ? new NetworkTraits(
                    NamesIn(network, "ranges"),
                    network.TryGetProperty("within", out var within) ? within.GetString() : null,
                    network.TryGetProperty("extends", out var extends) && extends.GetBoolean(),
                    NamesIn(network, "apart"))
                : null,
        };

        IReadOnlyList<Rule> RulesOf(string key) => entry.TryGetProperty(key, out var rules) ? [.. rules.EnumerateArray().Select(Rule.Parse)] : [];

        string? Text(string key) => entry.TryGetProperty(key, out var text) ? text.GetString() : null;

        IReadOnlyList<string> Names(string key) => NamesIn(entry, key);

        Dictionary<string, string> Texts(string key) =>
            entry.TryGetProperty(key, out var texts) ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!) : [];

        Dictionary<string, IReadOnlyDictionary<string, Value>> When() => entry.TryGetProperty("valuesWhen", out var when)
            ? when.EnumerateObject().ToDictionary(condition => condition.Name, condition => (IReadOnlyDictionary<string, Value>)Values(when, condition.Name))
            : [];
    }

    private static string[] NamesIn(JsonElement within, string key) =>
        within.TryGetProperty(key, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

    private static string Required(JsonElement within, string key) => within.GetProperty(key).GetString()!;

    private static Dictionary<string, Value> Values(JsonElement within, string key) => within.TryGetProperty(key, out var values)
        ? values.EnumerateObject().ToDictionary(value => value.Name, value => Value.FromJson(JsonNode.Parse(value.Value.GetRawText())))
        : [];
}
