using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Charts;

/// <summary>A value that a chart reads is one that its schema has, and the other way round; each name misspelt at one end is named with the other.</summary>
[Trait("gate", "repository")]
public sealed class ChartValuesTests(Workbench workbench)
{
    private string[] Charts => [.. Directory.GetDirectories(workbench.Checkout.PathTo("helm", "charts")).Select(folder => Path.GetFileName(folder)).Order()];

    [Fact]
    public void Every_value_that_is_read_is_declared_and_every_one_that_is_declared_is_read()
    {
        var gate = new Gate("charts whose values are read", Charts);

        foreach (var chart in Charts)
        {
            var problems = ChartValues.Of(workbench.Checkout, chart).Problems();
            gate.Record(chart, problems is [] ? null : string.Join('\n', problems));
        }

        gate.Close();
    }

    [Fact]
    public void Every_value_that_is_misspelt_in_a_template_is_named_with_the_schema()
    {
        var values = Charts.ToDictionary(chart => chart, chart => ChartValues.Of(workbench.Checkout, chart).Read);
        var gate = new Gate("values misspelt in templates", values.SelectMany(chart => chart.Value.Select(path => $"{chart.Key}: {path}")));

        foreach (var (chart, path) in values.SelectMany(chart => chart.Value.Select(path => (chart.Key, path))))
        {
            var (name, misspelt) = (path.Split('.')[^1], $"{path}X");
            var read = new Regex($@"\.Values\.{Regex.Escape(path)}\b(?!\.)");
            var problems = With(chart, text => read.Replace(text, $".Values.{misspelt}"), schema => { }).Problems();
            gate.Record(
                $"{chart}: {path}",
                problems.Any(problem => problem.StartsWith($"helm/charts/{chart}/templates/", StringComparison.Ordinal)
                    && problem.Contains($" reads .Values.{misspelt}, and helm/charts/{chart}/values.schema.json has no {name}X", StringComparison.Ordinal))
                    ? null
                    : $"found is: {string.Join("; ", problems)}");
        }

        gate.Close();
    }

    [Fact]
    public void Every_value_that_is_misspelt_in_the_schema_is_named_with_the_template()
    {
        var values = Charts.ToDictionary(chart => chart, chart => ChartValues.Of(workbench.Checkout, chart).Declared);
        var gate = new Gate("values misspelt in schemas", values.SelectMany(chart => chart.Value.Select(name => $"{chart.Key}: {name}")));

        foreach (var (chart, name) in values.SelectMany(chart => chart.Value.Select(name => (chart.Key, name))))
        {
            var problems = With(chart, text => text, schema => Rename(schema["properties"]!.AsObject(), name)).Problems();
            var file = $"helm/charts/{chart}/values.schema.json";
            string[] expected = [$"{file} has no {name}", $"{file} has {name}X, which no file of"];
            var isFound = expected.All(text => problems.Any(problem => problem.Contains(text, StringComparison.Ordinal)));
            gate.Record($"{chart}: {name}", isFound ? null : $"found is: {string.Join("; ", problems)}");
        }

        gate.Close();

        static void Rename(JsonObject properties, string name)
        {
            var value = properties[name]!.DeepClone();
            properties.Remove(name);
            properties[$"{name}X"] = value;
        }
    }

    private ChartValues With(string chart, Func<string, string> template, Action<JsonObject> change)
    {
        var folder = workbench.Checkout.PathTo("helm", "charts", chart);
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "values.schema.json")))!.AsObject();
        change(schema);

        return new(
            $"helm/charts/{chart}",
            schema,
            Directory.GetFiles(Path.Combine(folder, "templates"), "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(Path.Combine(folder, "templates"), file), file => template(File.ReadAllText(file))));
    }
}
