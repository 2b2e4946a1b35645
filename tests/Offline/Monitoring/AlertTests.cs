using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Monitoring;
using Causeway.Offline.NewKinds;

namespace Causeway.Offline.Monitoring;

/// <summary>Every alert is explained, says how urgent it is, and was seen to fire and to be silent. Each gate is shown a fault that it has to find.</summary>
public sealed class AlertTests(Workbench workbench)
{
    private const string Good = "# A\n\n## Meaning\na\n\n## Impact\na\n\n## How to look\na\n\n## How to fix\na\n\n## When to escalate\na\n";

    private const string GoodCases =
        """
        evaluation_interval: 1m
        tests:
          - name: fires after 5 minutes
            input_series: [{ series: 'up{job="a"}', values: 0x9 }]
            alert_rule_test:
              - { eval_time: 4m, alertname: A, exp_alerts: [] }
              - { eval_time: 5m, alertname: A, exp_alerts: [{ exp_labels: { job: a } }] }
          - name: silent while it answers
            input_series: [{ series: 'up{job="a"}', values: 1x9 }]
            alert_rule_test: [{ eval_time: 6m, alertname: A, exp_alerts: [] }]
        """;

    private readonly Promtool promtool = new(workbench.Tools);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] PlatformFiles => Directory.GetFiles(workbench.Checkout.PathTo("monitoring", "rules"), "*.yaml");

    [Fact, Trait("gate", "repository")]
    public async Task Every_alert_has_a_runbook_and_every_runbook_an_alert()
    {
        var kinds = KindRenderer.KindsOf(workbench.Checkout, "objective").Select(kind => KindRenderer.Expand("<Kind>BudgetBurn", kind));
        string[] alerts = [.. (await AlertsAsync()).Select(alert => alert.Name).Concat(kinds).Distinct()];
        var files = Directory.GetFiles(workbench.Checkout.PathTo(Runbook.Folder)).ToDictionary(file => Path.GetFileNameWithoutExtension(file)!);
        var gate = new Gate("runbooks", alerts.Union(files.Keys));

        foreach (var name in alerts)
        {
            gate.Record(name, Runbook.ProblemOf(name, files.TryGetValue(name, out var file) ? await File.ReadAllTextAsync(file, Stop) : null));
        }

        foreach (var name in files.Keys.Except(alerts))
        {
            gate.Fail(name, $"no alert is called so: remove {Runbook.FileOf(name)}");
        }

        gate.Close();
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("# A\n", "# B\n", "line 1 of its runbook should read “# A”")]
    [InlineData(
        "## Impact\na\n\n",
        "",
        "the headings of its runbook are Meaning, How to look, How to fix, When to escalate, "
        + "and should be Meaning, Impact, How to look, How to fix, When to escalate")]
    [InlineData(
        "## Meaning\na\n\n## Impact",
        "## Impact\na\n\n## Meaning",
        "the headings of its runbook are Impact, Meaning, How to look, How to fix, When to escalate, "
        + "and should be Meaning, Impact, How to look, How to fix, When to escalate")]
    [InlineData("## How to fix\na\n", "## How to fix\n", "How to fix is empty in its runbook")]
    public void A_runbook_of_another_form_is_noticed(string right, string wrong, string? problem) =>
        Assert.Equal(problem, Runbook.ProblemOf("A", right is "" ? Good : Good.Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public void A_missing_runbook_is_noticed() => Assert.Equal("it has no runbook; write monitoring/runbooks/A.md", Runbook.ProblemOf("A", null));

    [Fact, Trait("gate", "repository")]
    public async Task Every_query_of_a_runbook_can_be_asked()
    {
        var runbooks = Directory.GetFiles(workbench.Checkout.PathTo(Runbook.Folder));
        var gate = new Gate("queries of runbooks", runbooks.Select(Path.GetFileName)!);

        await Parallel.ForEachAsync(runbooks, Stop, async (file, stop) =>
            gate.Record(Path.GetFileName(file), await ProblemOfQueriesAsync(Runbook.Queries(await File.ReadAllTextAsync(file, stop)), stop)));

        gate.Close();
    }

    [Theory]
    [InlineData("sum(rate(a_total{service=\"<workload>-<component>\"}[5m])) / 2\nup", null)]
    [InlineData("sum by (a) (\n  rate(b_total[5m]))", null)]
    [InlineData("rate(a_total)", "expected type range vector in call to function \"rate\"")]
    [InlineData("sum(a_total", "unclosed left parenthesis")]
    public async Task A_query_that_cannot_be_asked_is_noticed(string query, string? problem)
    {
        var found = await ProblemOfQueriesAsync(Runbook.Queries($"```promql\n{query}\n```"), Stop);

        if (problem is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(problem, found, StringComparison.Ordinal);
        }
    }

    [Fact, Trait("gate", "repository")]
    public async Task Every_alert_says_how_urgent_it_is_and_where_it_is_explained()
    {
        var alerts = await AlertsAsync();
        var gate = new Gate("labels and annotations of alerts", alerts.Select(alert => alert.Item));

        foreach (var alert in alerts)
        {
            gate.Record(alert.Item, alert.Problem());
        }

        gate.Close();
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("severity: page", "severity: critical", "its severity is critical; write page or ticket")]
    [InlineData("severity: page", "team: a", "it has no label severity; write page or ticket")]
    [InlineData("summary: a", "summary: ''", "it has no annotation summary")]
    [InlineData("description: a,", "", "it has no annotation description")]
    [InlineData("runbooks/A.md", "runbooks/B.md", "its runbook_url is https://x/monitoring/runbooks/B.md, and does not end with monitoring/runbooks/A.md")]
    public void A_label_or_an_annotation_that_is_wrong_is_noticed(string right, string wrong, string? problem)
    {
        const string Rule =
            "{ alert: A, labels: { severity: page }, annotations: { summary: a, description: a, runbook_url: https://x/monitoring/runbooks/A.md } }";
        var rule = Yaml.Load(right is "" ? Rule : Rule.Replace(right, wrong, StringComparison.Ordinal)).Single().AsObject();

        Assert.Equal(problem, new Alert("A", rule).Problem());
    }

    [Fact, Trait("gate", "repository")]
    public async Task Every_alert_of_the_platform_has_cases_in_which_it_fires_and_is_silent_and_promtool_agrees()
    {
        string[] alerts = [.. PlatformFiles.SelectMany(file => Promtool.AlertsOf(Yaml.LoadFile(file))).Distinct()];
        var files = Directory.GetFiles(workbench.Checkout.PathTo(AlertCases.Folder)).ToDictionary(file => Path.GetFileNameWithoutExtension(file)!);
        var gate = new Gate("cases of the platform's alerts", alerts.Union(files.Keys));

        await Parallel.ForEachAsync(alerts, Stop, async (name, stop) =>
        {
            var file = files.GetValueOrDefault(name);
            gate.Record(name, AlertCases.ProblemOf(name, file is null ? null : Yaml.LoadFile(file)) ?? await promtool.TestAsync(file!, stop));
        });

        foreach (var name in files.Keys.Except(alerts))
        {
            gate.Fail(name, $"no alert of the platform is called so: remove {AlertCases.FileOf(name)}");
        }

        gate.Close();
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("name: silent while it answers", "name: fires too", "no case of it is called “silent …”")]
    [InlineData("name: fires after", "name: silent after", "no case of it is called “fires …”")]
    [InlineData("name: silent while", "name: calm while", "the name of its case “calm while it answers” begins neither with fires nor with silent")]
    [InlineData("[{ exp_labels: { job: a } }]", "[]", "it is not expected to fire in “fires after 5 minutes”")]
    [InlineData("eval_time: 4m", "eval_time: 3m", "“fires after 5 minutes” does not look at it 60 s before it fires")]
    [InlineData("eval_time: 6m, alertname: A, exp_alerts: []", "eval_time: 6m, alertname: B", "it is not looked at in “silent while it answers”")]
    [InlineData("6m, alertname: A, exp_alerts: []", "6m, alertname: A, exp_alerts: [{ }]", "it is expected to fire in “silent while it answers”")]
    [InlineData("eval_time: 6m", "eval_time: 4m30s", "“silent while it answers” ends before it would have fired")]
    [InlineData(
        "'up{job=\"a\"}', values: 1x9",
        "'down{job=\"a\"}', values: 1x9",
        "“silent while it answers” lacks series of a metric that it fires on, so that it is silent about nothing")]
    public void A_case_that_shows_nothing_is_noticed(string right, string wrong, string? problem)
    {
        var cases = Yaml.Load(right is "" ? GoodCases : GoodCases.Replace(right, wrong, StringComparison.Ordinal)).Single().AsObject();

        Assert.Equal(problem, AlertCases.ProblemOf("A", cases));
    }

    [Fact]
    public void Missing_cases_are_noticed() => Assert.Equal("it has no cases; write monitoring/tests/A.yaml", AlertCases.ProblemOf("A", null));

    [Theory]
    [InlineData("up == 0", null)]
    [InlineData("up == 2", "got:[]")]
    public async Task Promtool_notices_a_rule_that_does_not_do_what_its_case_expects(string expression, string? problem)
    {
        var rules = await WriteAsync(
            new JsonObject { ["groups"] = new JsonArray(GroupOf(new JsonObject { ["alert"] = "A", ["expr"] = expression, ["for"] = "5m" })) });
        var cases = Yaml.Load(GoodCases).Single();
        cases["rule_files"] = new JsonArray(rules);
        var found = await promtool.TestAsync(await WriteAsync(cases), Stop);

        if (problem is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(problem, found, StringComparison.Ordinal);
        }
    }

    [Fact, Trait("gate", "repository")]
    public async Task Promtool_accepts_every_file_of_rules_that_is_rendered()
    {
        var rendered = await RenderedRules.AllAsync(workbench, Stop);
        var files = rendered.SelectMany(place => place.Value.Select(file => (Item: $"{place.Key} {file.Key}", Content: file.Value!))).ToArray();
        var gate = new Gate("rendered rules", files.Select(file => file.Item));

        await Parallel.ForEachAsync(files, Stop, async (file, stop) => gate.Record(file.Item, await promtool.CheckAsync(await WriteAsync(file.Content), stop)));

        gate.Close();
    }

    private static JsonObject GroupOf(params JsonNode[] rules) => new() { ["name"] = "a", ["interval"] = "1m", ["rules"] = new JsonArray(rules) };

    private async Task<IReadOnlyList<Alert>> AlertsAsync() =>
        [.. (await RenderedRules.AllAsync(workbench, Stop)).SelectMany(place => Alert.Of(place.Key, place.Value))];

    // Each as the expression of a rule, which is what promtool checks without a server.
    private async Task<string?> ProblemOfQueriesAsync(IEnumerable<string> queries, CancellationToken stop)
    {
        JsonNode[] rules = [.. queries.Select((query, at) => new JsonObject { ["record"] = $"query:{at}", ["expr"] = query })];

        return rules is [] ? null : await promtool.CheckAsync(await WriteAsync(new JsonObject { ["groups"] = new JsonArray(GroupOf(rules)) }), stop);
    }

    private async Task<string> WriteAsync(JsonNode content)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, content.ToJsonString(), Stop);

        return file;
    }
}
