using System.Text.Json.Nodes;
using Causeway.Harness.Helm;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>A workload's own dashboards are found by their place, and reach a cluster as they are.</summary>
public sealed class OwnDashboardTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public async Task Every_cluster_gets_every_dashboard_as_it_is_in_its_file()
    {
        var dashboards = Dashboard.All(workbench.Checkout);
        string[] environments = [.. Argo.ClusterFileTests.OnKubernetes(workbench.Checkout)];
        var gate = new Gate(
            "dashboards in clusters", from environment in environments from dashboard in dashboards select $"{environment}/{dashboard.Name}");

        foreach (var environment in environments)
        {
            var values = workbench.Scratch.CreateSubdirectory($"values-{Guid.NewGuid():N}").FullName;
            // Without a clone: what is pinned is rendered from the tree as well.
            var cluster = await new ReleaseRenderer(workbench.Checkout, workbench.Helm, values, workbench.Scratch.FullName).ClusterAsync(environment, Stop);
            var delivered = Delivered(cluster.Applications.SelectMany(one => one.Manifests).Select(item => item.Json));
            var rendered = Delivered(await new MonitoringChart(workbench.Checkout, workbench.Helm).OfEnvironmentAsync(environment, Stop));

            foreach (var dashboard in dashboards)
            {
                gate.Record(
                    $"{environment}/{dashboard.Name}",
                    !JsonNode.DeepEquals(delivered.GetValueOrDefault(dashboard.Name), dashboard.Json) ? "the applications do not deliver it as it is"
                    : !JsonNode.DeepEquals(rendered.GetValueOrDefault(dashboard.Name), dashboard.Json) ? "the chart does not render it as it is"
                    : null);
            }

            Assert.Equal(dashboards.Count, delivered.Count);
        }

        gate.Close();
    }

    [Fact]
    public void A_workloads_own_are_called_after_it_and_keep_the_rules()
    {
        var tree = new Harness.Repository(Path.Combine(workbench.Scratch.FullName, "own-dashboards"));
        var platform = workbench.Checkout.PathTo("monitoring", "dashboards", "platform.json");
        Write("monitoring/dashboards/platform.json", File.ReadAllText(platform));
        Write("services/shop/workload.yaml", "workload: {}");
        Write("services/shop/dashboards/sales.json", File.ReadAllText(platform).Replace("causeway-platform", "causeway-shop-sales", StringComparison.Ordinal));
        Write("services/shop/dashboards/a-name-that-is-too-long-for-it.json", File.ReadAllText(platform));
        Write("services/empty/workload.yaml", "workload: {}");

        var dashboards = Dashboard.All(tree);

        Assert.Equal(
            [("platform", null), ("shop-a-name-that-is-too-long-for-it", "shop"), ("shop-sales", "shop")],
            dashboards.Select(dashboard => (dashboard.Name, dashboard.Workload)));
        Assert.Equal([], DashboardRules.Problems(dashboards[2]));
        Assert.Equal(
            [
                "uid is causeway-platform: a link to it must not break, so it is causeway-shop-a-name-that-is-too-long-for-it, after the file",
                "causeway-shop-a-name-that-is-too-long-for-it has 44 characters, and Grafana takes 40 for a uid: give the file a shorter name",
            ],
            DashboardRules.Problems(dashboards[1]));

        void Write(string file, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(tree.PathTo(file))!);
            File.WriteAllText(tree.PathTo(file), text);
        }
    }

    [Fact]
    public async Task A_file_of_another_content_is_refused()
    {
        var values = Harness.Yaml.LoadFile(workbench.Checkout.PathTo("terraform", "envs", "local", "env.yaml"));
        values["dashboards"] = new JsonObject { ["sales"] = new JsonObject { ["uid"] = "causeway-sales", ["title"] = "Sales" } };

        var refused = await Assert.ThrowsAsync<HelmException>(
            () => workbench.RenderAsync(values, "dashboards", chart: workbench.Checkout.PathTo("monitoring")));

        Assert.Contains("dashboards.sales: panels is required", refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonNode> Delivered(IEnumerable<JsonObject> objects) =>
        (from item in objects
         where (string?)item["metadata"]?["labels"]?["grafana_dashboard"] is "1"
         from file in item["data"]!.AsObject()
         select (Name: Path.GetFileNameWithoutExtension(file.Key), Json: JsonNode.Parse((string)file.Value!)!))
        .ToDictionary(dashboard => dashboard.Name, dashboard => dashboard.Json);
}
