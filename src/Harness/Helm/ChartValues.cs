using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Helm;

/// <summary>
/// The values that a chart's templates read, and those that its schema has. Helm renders a value that is not there as nothing, so a name that is misspelt in a
/// template is found here; one that is misspelt in a document is refused by Helm, since schemas are closed.
/// </summary>
/// <param name="chart">As a reader knows it: <c>helm/charts/workload</c>.</param>
/// <param name="schema">The content of <c>values.schema.json</c>.</param>
/// <param name="templates">Each file's name below <c>templates/</c>, with its text.</param>
public sealed partial class ChartValues(string chart, JsonObject schema, IReadOnlyDictionary<string, string> templates)
{
    /// <summary>Reads a chart.</summary>
    /// <exception cref="FileNotFoundException">It has no schema.</exception>
    public static ChartValues Of(Repository repository, string chart)
    {
        var folder = repository.PathTo("helm", "charts", chart);
        var below = Path.Combine(folder, "templates");

        return new(
            $"helm/charts/{chart}",
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "values.schema.json")))!.AsObject(),
            Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetRelativePath(below, file), File.ReadAllText));
    }

    /// <summary>Every value that a template reads by name: <c>env.edge.class</c>.</summary>
    public IReadOnlyList<string> Read => [.. Reads().Select(read => read.Path).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The values that the schema has at the top.</summary>
    public IReadOnlyList<string> Declared => [.. Properties(schema).Select(property => property.Key)];

    /// <summary>Each name that is at one end alone: the place where it is read and the schema that lacks it, or the other way round.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Reads().Select(Missing).OfType<string>().Distinct(),
        .. Declared.Where(name => Reads().All(read => read.Path.Split('.')[0] != name))
            .Select(name => $"{chart}/values.schema.json has {name}, which no file of {chart}/templates reads; read there are {string.Join(", ", Read)}"),
    ];

    private IEnumerable<(string Place, string Path)> Reads() =>
        from template in templates
        from line in template.Value.Split('\n').Index()
        from Match read in Value().Matches(line.Item)
        select ($"{chart}/templates/{template.Key}:{line.Index + 1}", read.Groups["path"].Value);

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
