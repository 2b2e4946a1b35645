using System.Text.Json.Nodes;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>Dashboards keep the rules, and Prometheus understands their queries.</summary>
public sealed class DashboardTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IReadOnlyList<Dashboard> Dashboards => Dashboard.All(workbench.Checkout);

    [Fact, Trait("gate", "repository")]
    public void Every_dashboard_keeps_the_rules()
    {
        var gate = new Gate("dashboards", Dashboards.Select(dashboard => dashboard.Name));

        foreach (var dashboard in Dashboards)
        {
            var problems = DashboardRules.Problems(dashboard);
            gate.Record(dashboard.Name, problems is [] ? null : string.Join('\n', problems));
        }

        gate.Close();
    }

    [Fact, Trait("gate", "repository")]
    public async Task Every_query_is_one_that_Prometheus_understands()
    {
        var queries = (from dashboard in Dashboards
                       from panel in dashboard.Panels
                       from query in panel.Queries.Index()
                       select (Name: $"{dashboard.Name}/{panel.Id}/{query.Index}", Query: dashboard.Fill(query.Item.Expression, "1m"))).ToArray();
        var gate = new Gate("queries of dashboards", queries.Select(query => query.Name));
        var file = Path.Combine(workbench.Scratch.FullName, "queries.json");
        var rules = queries.Select((query, number) => new JsonObject { ["record"] = $"query{number}", ["expr"] = query.Query });
        var group = new JsonObject { ["name"] = "queries", ["rules"] = new JsonArray([.. rules]) };
        await File.WriteAllTextAsync(file, new JsonObject { ["groups"] = new JsonArray(group) }.ToJsonString(), Stop);

        var problem = await new Promtool(workbench.Tools).CheckAsync(file, Stop);

        foreach (var query in queries)
        {
            gate.Record(query.Name, problem);
        }

        gate.Close();
    }

    [Theory]
    [InlineData("uid", "\"other\"", "uid is other: a link to it must not break, so it is causeway-platform, after the file")]
    [InlineData("description", "\"\"", "title or description is missing")]
    [InlineData("panels", "[]", "has no panel")]
    [InlineData("templating", "{ \"list\": [] }", "has no variable datasource: which Prometheus is asked differs from place to place")]
    [InlineData("panels/1/title", "\"\"", "panel 2: has no title")]
    [InlineData("panels/1/type", "\"piechart\"", "Error budget left: is of type piechart, and the preview draws timeseries and stat")]
    [InlineData("panels/1/description", "\"what is left\"", "Error budget left: has no description in whole sentences")]
    [InlineData("panels/1/fieldConfig", "{ \"defaults\": {} }", "Error budget left: has no unit")]
    [InlineData(
        "panels/1/fieldConfig/defaults/unit", "\"furlongs\"",
        "Error budget left: has the unit furlongs, and the preview writes short, percentunit, reqps, ops, s, ms, bytes, Bps")]
    [InlineData("panels/1/fieldConfig/overrides", "[{}]", "Error budget left: has overrides or transformations, which the preview does not read")]
    [InlineData("panels/1/datasource", "{ \"uid\": \"P1809\" }", "Error budget left: asks {\"uid\":\"P1809\"}, and should ask ${datasource}")]
    [InlineData("panels/1/targets", "[]", "Error budget left: has no query")]
    [InlineData("panels/1/targets/0/legendFormat", "\"\"", "Error budget left: a query has no legend")]
    [InlineData("panels/1/targets/0/expr", "\"up{job=~\\\"$job\\\"}\"", "$job is used, and there is no such variable: there are datasource")]
    [InlineData("panels/1/id", "3", "the id 3 belongs to Error budget left and Alerts that fire")]
    [InlineData("panels/1/gridPos", "{ \"x\": 20, \"y\": 1, \"w\": 8, \"h\": 6 }", "Error budget left: does not fit into 24 columns")]
    [InlineData("panels/2/gridPos", "{ \"x\": 0, \"y\": 1, \"w\": 8, \"h\": 6 }", "Alerts that fire: lies over Error budget left")]
    public void One_wrong_thing_is_named(string at, string value, string problem)
    {
        var platform = Dashboards.Single(dashboard => dashboard.Name is "platform");
        Assert.Equal([], DashboardRules.Problems(platform));

        Change.Set(platform.Json, at, JsonNode.Parse(value));

        Assert.Contains(problem, DashboardRules.Problems(platform));
    }

    [Fact]
    public void A_variable_that_is_used_nowhere_is_named()
    {
        var platform = Dashboards.Single(dashboard => dashboard.Name is "platform");
        platform.Json["templating"]!["list"]!.AsArray().Add(new JsonObject { ["name"] = "region" });

        Assert.Equal(["the variable region is chosen and used nowhere"], DashboardRules.Problems(platform));
    }
}
