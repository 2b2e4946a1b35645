using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Charts;

/// <summary>A value that a chart reads is one that its schema has, and the other way round; each name misspelt at one end is named with the other.</summary>
[Trait("gate", "repository")]
public sealed class ChartValuesTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<IReadOnlyList<string>> ChartsAsync() => Harness.Helm.Charts.AllAsync(workbench.Checkout, Stop);

    [Fact]
    public async Task Every_value_that_is_read_is_declared_and_every_one_that_is_declared_is_read()
    {
        var charts = await ChartsAsync();
        var gate = new Gate("charts whose values are read", charts);

        foreach (var chart in charts)
        {
            var problems = ChartValues.Of(workbench.Checkout, chart).Problems();
            gate.Record(chart, problems is [] ? null : string.Join('\n', problems));
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_value_that_is_misspelt_in_a_template_is_named_with_the_schema()
    {
        var values = (await ChartsAsync()).ToDictionary(chart => chart, chart => ChartValues.Of(workbench.Checkout, chart).Read);
        var gate = new Gate("values misspelt in templates", values.SelectMany(chart => chart.Value.Select(path => $"{chart.Key}: {path}")));

        foreach (var (chart, path) in values.SelectMany(chart => chart.Value.Select(path => (chart.Key, path))))
        {
            var (name, misspelt) = (path.Split('.')[^1], $"{path}X");
            var read = new Regex($@"\.Values\.{Regex.Escape(path)}\b(?!\.)");
            var problems = With(chart, text => read.Replace(text, $".Values.{misspelt}"), schema => { }).Problems();
            gate.Record(
                $"{chart}: {path}",
                problems.Any(problem => problem.StartsWith($"{chart}/templates/", StringComparison.Ordinal)
                    && problem.Contains($" reads .Values.{misspelt}, and {chart}/values.schema.json has no {name}X", StringComparison.Ordinal))
                    ? null
                    : $"found is: {string.Join("; ", problems)}");
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_value_that_is_misspelt_in_the_schema_is_named_with_the_template()
    {
        var values = (await ChartsAsync()).ToDictionary(chart => chart, chart => ChartValues.Of(workbench.Checkout, chart).Declared);
        var gate = new Gate("values misspelt in schemas", values.SelectMany(chart => chart.Value.Select(name => $"{chart.Key}: {name}")));

        foreach (var (chart, name) in values.SelectMany(chart => chart.Value.Select(name => (chart.Key, name))))
        {
            var problems = With(chart, text => text, schema => Rename(schema["properties"]!.AsObject(), name)).Problems();
            var file = $"{chart}/values.schema.json";
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

    [Fact]
    public async Task Every_value_that_is_read_through_a_variable_and_misspelt_there_is_named_with_the_schema()
    {
        var values = (await ChartsAsync()).ToDictionary(chart => chart, chart => ChartValues.Of(workbench.Checkout, chart));
        var gate = new Gate(
            $"values misspelt behind variables ({values.Values.Sum(chart => chart.Unfollowed)} more fields are of what could not be followed)",
            values.SelectMany(chart => chart.Value.Followed.Select(read => $"{chart.Key}: {read.File} {read.At}")));

        foreach (var (chart, read) in values.SelectMany(chart => chart.Value.Followed.Select(read => (chart.Key, read))))
        {
            var file = workbench.Checkout.PathTo(chart, "templates", read.File);
            var text = File.ReadAllText(file);
            var problems = With(chart, other => other == text ? text.Insert(read.At, "X") : other, schema => { }).Problems();
            gate.Record($"{chart}: {read.File} {read.At}", problems.Any(problem =>
                problem.StartsWith($"{chart}/templates/{read.File}:", StringComparison.Ordinal)
                && problem.Contains($"{chart}/values.schema.json has no X", StringComparison.Ordinal))
                ? null
                : $"{string.Join(" or ", read.Paths)} is read there; found is: {string.Join("; ", problems)}");
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_key_of_an_argument_that_is_misspelt_is_named_with_those_that_it_has()
    {
        var values = (await ChartsAsync()).ToDictionary(chart => chart, chart => ChartValues.Of(workbench.Checkout, chart));
        var gate = new Gate("keys of arguments misspelt", values.SelectMany(chart => chart.Value.Arguments.Select(read => $"{chart.Key}: {read}")));

        foreach (var (chart, read) in values.SelectMany(chart => chart.Value.Arguments.Select(read => (chart.Key, read))))
        {
            var text = File.ReadAllText(workbench.Checkout.PathTo(chart, "templates", read.File));
            var problems = With(chart, other => other == text ? text.Insert(read.At, "X") : other, schema => { }).Problems();
            gate.Record($"{chart}: {read}", problems.Any(problem =>
                problem.StartsWith($"{chart}/templates/{read.File}:", StringComparison.Ordinal)
                && problem.Contains($" reads .X{read.Name} of what it is given, which has ", StringComparison.Ordinal))
                ? null
                : $"found is: {string.Join("; ", problems)}");
        }

        gate.Close();
    }

    /// <summary>A value that comes along unread says so, and says so only where it is true.</summary>
    [Theory]
    [InlineData("Not read: it comes with others.", "{{ .Values.a }}", null)]
    [InlineData("Not read: it comes with others.", "{{ .Values.a }}{{ .Values.b }}", "says of b “Not read”, and chart/templates reads it")]
    [InlineData("Kept.", "{{ .Values.a }}", "has b, which no file of chart/templates reads")]
    public void A_value_that_is_not_read_says_so(string comment, string template, string? expected)
    {
        var schema = JsonNode.Parse($$"""{ "properties": { "a": {}, "b": { "$comment": "{{comment}}" } } }""")!.AsObject();

        var problems = new ChartValues("chart", schema, new Dictionary<string, string> { ["t.yaml"] = template }).Problems();

        Assert.Equal(expected is null ? 0 : 1, problems.Count);
        Assert.All(problems, problem => Assert.Contains(expected!, problem, StringComparison.Ordinal));
    }

    /// <summary>A chart is found by its file, wherever it lies; one below tests is a fixture.</summary>
    [Fact]
    public async Task A_new_chart_is_found_without_being_named()
    {
        var tree = new Harness.Repository(Terraform.Scratch.Folder(workbench,
        [
            ("anywhere/deep/Chart.yaml", "name: deep"), ("MyChart.yaml", "no chart"), ("tests/Fixtures/Chart.yaml", "name: fixture"),
        ]));
        await CommandLine.Of("git", "init", "--quiet").In(tree.Root).RunAsync(Stop);

        Assert.Equal(["anywhere/deep"], await Harness.Helm.Charts.AllAsync(tree, Stop));
    }

    /// <summary>Each form in which a template hands a value on.</summary>
    [Theory]
    [InlineData("{{- $c := .Values.web }}{{ $c.prot }}", "web.prot")]
    [InlineData("{{- $c := .Values }}{{ $c.web.prot }}", "web.prot")]
    [InlineData("{{- $c := .Values.web | default dict }}{{ $c.prot }}", "web.prot")]
    [InlineData("{{- with .Values.web }}{{ .prot }}{{ end }}", "web.prot")]
    [InlineData("{{- with $c := .Values.web }}{{ $c.prot }}{{ end }}", "web.prot")]
    [InlineData("{{- if false }}{{ else with .Values.web }}{{ .prot }}{{ end }}", "web.prot")]
    [InlineData("{{- range .Values.parts }}{{ .prot }}{{ end }}", "parts.*.prot")]
    [InlineData("{{- range $part := .Values.parts }}{{ $part.prot }}{{ end }}", "parts.*.prot")]
    [InlineData("{{- range $name, $part := .Values.parts }}{{ if $part.prot }}{{ $.Values.web.port }}{{ end }}{{ end }}", "parts.*.prot")]
    [InlineData("{{- range $name, $part := .Values.parts }}{{ end }}{{ with (index .Values.parts \"a\").prot }}{{ end }}", "parts.a.prot")]
    [InlineData("{{- define \"t\" }}{{ .prot }}{{ end }}{{ include \"t\" .Values.web }}", "web.prot")]
    [InlineData("{{- define \"t\" }}{{ .Values.web.prot }}{{ end }}{{ include \"t\" . }}", "web.prot")]
    [InlineData("{{- define \"t\" }}{{ .of.prot }}{{ end }}{{ include \"t\" (dict \"root\" $ \"of\" .Values.web) }}", "web.prot")]
    [InlineData("{{- define \"t.a\" }}{{ .prot }}{{ end }}{{ include (printf \"t.%s\" .Release.Name) .Values.web }}", "web.prot")]
    [InlineData("{{- define \"t\" }}{{ $.root.Values.web.prot }}{{ end }}{{ include \"t\" (dict \"root\" .) }}", "web.prot")]
    public void A_misspelt_value_is_found_behind_each_form(string template, string path)
    {
        var schema = JsonNode.Parse("""
            {
              "additionalProperties": false,
              "properties": {
                "web": { "additionalProperties": false, "properties": { "port": {} } },
                "parts": { "additionalProperties": { "additionalProperties": false, "properties": { "port": {} } } }
              }
            }
            """)!.AsObject();
        const string Both = "{{ .Values.web }}{{ .Values.parts }}\n";
        ChartValues Chart(string text) => new("chart", schema, new Dictionary<string, string> { ["t.yaml"] = Both + text });

        var problem = Assert.Single(Chart(template).Problems());
        Assert.Contains($"reads .Values.{path}, and chart/values.schema.json has no prot", problem, StringComparison.Ordinal);
        Assert.Empty(Chart(template.Replace("prot", "port", StringComparison.Ordinal)).Problems());
    }

    [Fact]
    public void What_cannot_be_followed_is_counted_and_not_guessed()
    {
        var chart = new ChartValues(
            "chart",
            JsonNode.Parse("""{ "properties": { "web": { "additionalProperties": false, "properties": { "port": {} } } } }""")!.AsObject(),
            new Dictionary<string, string> { ["t.yaml"] = "{{- $c := .Values.web | toYaml | fromYaml }}{{ $c.prot }}" });

        Assert.Equal((0, 1), (chart.Problems().Count, chart.Unfollowed));
    }

    private ChartValues With(string chart, Func<string, string> template, Action<JsonObject> change)
    {
        var folder = workbench.Checkout.PathTo(chart);
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "values.schema.json")))!.AsObject();
        change(schema);

        return new(
            chart,
            schema,
            Directory.GetFiles(Path.Combine(folder, "templates"), "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(Path.Combine(folder, "templates"), file), file => template(File.ReadAllText(file))));
    }
}
