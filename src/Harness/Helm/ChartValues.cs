using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Helm;

/// <summary>
/// The values that a chart's templates read, by name or through variables, and those that its schema has. Helm renders a value that is not there as nothing,
/// so a name that is misspelt in a template is found here; one that is misspelt in a document is refused by Helm, since schemas are closed.
/// </summary>
/// <param name="chart">As a reader knows it: <c>helm/charts/workload</c>.</param>
/// <param name="schema">The content of <c>values.schema.json</c>.</param>
/// <param name="templates">Each file's name below <c>templates/</c>, with its text.</param>
public sealed partial class ChartValues(string chart, JsonObject schema, IReadOnlyDictionary<string, string> templates)
{
    /// <summary>How the comment of a value begins that a chart takes, because it comes with others, and reads nowhere.</summary>
    public const string Unread = "Not read";

    /// <summary>Reads a chart.</summary>
    /// <param name="chart">Its folder, relative to the root: one of <see cref="Charts.AllAsync"/>.</param>
    /// <exception cref="FileNotFoundException">It has no schema.</exception>
    public static ChartValues Of(Repository repository, string chart)
    {
        var folder = repository.PathTo(chart);
        var below = Path.Combine(folder, "templates");

        return new(
            chart,
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "values.schema.json")))!.AsObject(),
            Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetRelativePath(below, file), File.ReadAllText));
    }

    private readonly TemplateReads followed = new(templates);

    /// <summary>
    /// Every field that a template reads of a value through a variable, the dot or an argument: file, place in its text, and what it may be, where <c>*</c> is
    /// any entry of a map or a list. Fields of maps of any names are not among them, since none of those is misspelt.
    /// </summary>
    public IReadOnlyList<(string File, int At, IReadOnlyList<string> Paths)> Followed =>
        [.. followed.Reads.Where(read => read.Paths.Any(IsJudged)).Select(read => (read.File, read.At, read.Paths))];

    /// <summary>Every key that a template reads of a map that another gives it: file, place in its text, name.</summary>
    public IReadOnlyList<(string File, int At, string Name)> Arguments => [.. followed.Arguments.Select(read => (read.File, read.At, read.Name))];

    /// <summary>How many fields are read of what could not be followed: what a function made of values, for example.</summary>
    public int Unfollowed => followed.Unfollowed;

    /// <summary>Every value that a template reads by name: <c>env.edge.class</c>.</summary>
    public IReadOnlyList<string> Read => [.. Reads().Select(read => read.Path).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The values that the schema has at the top to be read; not those that it says to be <see cref="Unread"/>.</summary>
    public IReadOnlyList<string> Declared => [.. Properties(schema).Where(property => !IsUnread(property.Value)).Select(property => property.Key)];

    /// <summary>Each name that is at one end alone: the place where it is read and the schema that lacks it, or the other way round.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Reads().Select(Missing).Concat(followed.Reads.Select(Lost)).Concat(followed.Arguments.Select(Stray)).OfType<string>().Distinct(),
        .. Properties(schema).Where(property => IsUnread(property.Value) && IsRead(property.Key))
            .Select(property => $"{chart}/values.schema.json says of {property.Key} “{Unread}”, and {chart}/templates reads it: take the comment out"),
        .. Declared.Where(name => !IsRead(name))
            .Select(name => $"{chart}/values.schema.json has {name}, which no file of {chart}/templates reads; read there are {string.Join(", ", Read)}"),
    ];

    private bool IsRead(string name) => Reads().Any(read => read.Path.Split('.')[0] == name);

    private static bool IsUnread(JsonNode? property) => ((string?)property?["$comment"])?.StartsWith(Unread, StringComparison.Ordinal) is true;

    private string? Stray(ArgumentRead read) => read.Keys.Contains(read.Name)
        ? null
        : $"{chart}/templates/{read.File}:{LineOf(read.File, read.At)} reads .{read.Name} of what it is given, which has {string.Join(", ", read.Keys)}";

    private int LineOf(string file, int at) => templates[file][..at].Count(character => character is '\n') + 1;

    private IEnumerable<(string Place, string Path)> Reads() =>
        from template in templates
        from line in template.Value.Split('\n').Index()
        from Match read in Value().Matches(line.Item)
        select ($"{chart}/templates/{template.Key}:{line.Index + 1}", read.Groups["path"].Value);

    // One of several that have it is enough.
    private string? Lost(FollowedRead read)
    {
        var problems = read.Paths.Select(path =>
        {
            var names = path.Split('.');
            var at = At(names[..^1]);

            if (at is [] || names[^1] is "*" || IsOpen(at) || at.SelectMany(Properties).Any(property => property.Key == names[^1]))
            {
                return null;
            }

            var known = names.Length is 1 ? "" : $" in {string.Join('.', names[..^1])}";

            return $"{chart}/templates/{read.File}:{LineOf(read.File, read.At)} reads .Values.{path}, and {chart}/values.schema.json has no " +
                $"{names[^1]}{known}; there are {string.Join(", ", at.SelectMany(Properties).Select(property => property.Key).Distinct())}";
        }).ToArray();

        return problems.Contains(null) ? null : problems[0];
    }

    private bool IsJudged(string path) => path.Split('.') is var names && names[^1] is not "*" && At(names[..^1]) is not [] and var at && !IsOpen(at);

    // The schemas of a path; none where there is no such path.
    private JsonObject[] At(IEnumerable<string> names) => names.Aggregate((JsonObject[])[.. Branches(schema)], (at, name) =>
    [
        .. at.SelectMany(node => node["properties"]?[name] is JsonObject property && name is not "*" ? [property] : Entries(node)).SelectMany(Branches),
    ]);

    private static IEnumerable<JsonObject> Entries(JsonObject node) =>
        new[] { node["additionalProperties"], node["items"] }
            .Concat((node["patternProperties"] as JsonObject ?? []).Select(pair => pair.Value))
            .OfType<JsonObject>();

    // Whether any name may be there.
    private static bool IsOpen(JsonObject[] at) =>
        at.Any(node => Entries(node).Any()) || at.All(node => node["properties"] is null) || at.All(node => node["additionalProperties"] is not JsonValue);

    private string? Missing((string Place, string Path) read)
    {
        var at = new[] { schema };
        var known = "";

        foreach (var name in read.Path.Split('.'))
        {
            var found = at.SelectMany(Properties).Where(property => property.Key == name).Select(property => property.Value!.AsObject())
                .Concat(at.SelectMany(node => AnyName(node, name))).ToArray();

            if (found is [])
            {
                var there = at.SelectMany(Properties).Select(property => property.Key)
                    .Concat(at.SelectMany(Branches).SelectMany(branch => branch["required"] as JsonArray ?? []).Select(item => $"{item}"))
                    .Distinct();

                return $"{read.Place} reads .Values.{read.Path}, and {chart}/values.schema.json has no {name}{known}; there are {string.Join(", ", there)}";
            }

            at = [.. found.SelectMany(Branches)];
            known = $" in {name}";
        }

        return null;
    }

    // Whatever a schema is put together from.
    private IEnumerable<JsonObject> Branches(JsonObject node)
    {
        var target = (string?)node["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate((JsonNode?)schema, (found, step) => found?[step.Replace("~1", "/", StringComparison.Ordinal)])
            : null;
        string[] combined = ["allOf", "anyOf", "oneOf"];
        var parts = combined.SelectMany(name => (node[name] as JsonArray ?? []).OfType<JsonObject>())
            .Concat(new[] { node["then"], node["else"], target }.OfType<JsonObject>());

        return parts.SelectMany(Branches).Prepend(node);
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonObject node) =>
        Branches(node).SelectMany(branch => branch["properties"] as JsonObject ?? []).Where(property => property.Value is JsonObject);

    // A map of any names has those for sure that it requires.
    private IEnumerable<JsonObject> AnyName(JsonObject node, string name) => Branches(node)
        .Where(branch => branch["required"] is JsonArray required && required.Any(item => (string?)item == name))
        .Select(branch => branch["additionalProperties"])
        .OfType<JsonObject>();

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)")]
    private static partial Regex Value();
}
