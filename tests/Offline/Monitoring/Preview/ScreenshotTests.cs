using System.Text.Json.Nodes;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Monitoring.Preview;

namespace Causeway.Offline.Monitoring.Preview;

/// <summary>Chromium draws dashboards of recorded series; what cannot be drawn, and what shows nothing, is named.</summary>
public sealed class ScreenshotTests(Workbench workbench, RecordedData recorded)
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Panels_of_a_cluster_are_drawn_and_those_with_something_wrong_are_named()
    {
        var cluster = Dashboard.All(workbench.Checkout).Single(dashboard => dashboard.Name is "kubernetes");
        var wrong = Changed(cluster, "wrong", json =>
        {
            Change.Set(json, "panels/1/type", "piechart");
            Change.Set(json, "panels/2/targets/0/expr", "no_such_metric");
            Change.Set(json, "panels/3/targets/0/expr", "sum by (");
            Change.Set(json, "panels/4/fieldConfig/defaults/unit", "furlongs");
            Change.Set(json, "panels/5/targets/0/expr", "no_such_metric");
            Change.Set(json, "panels/5/description", $"Packets lost. {Panel.OfFailures}");
        });
        var lost = Changed(cluster, "lost", json => Change.Set(json, "templating/list/1/type", "textbox"));
        Dashboard[] dashboards = [cluster, wrong, lost];
        var folder = Path.Combine(workbench.Scratch.FullName, "screenshots");
        await using var server = PreviewServer.Start(
            workbench.Checkout, workbench.Tools, new PreviewContent(dashboards, Running: null, await recorded.PrometheusAsync()), 0);

        var pages = await new Screenshots(workbench.Checkout, workbench.Tools).TakeAsync(server.Address, dashboards, folder, range: null, Stop);

        var report = ScreenshotReport.Of(dashboards, pages);
        Assert.Equal(
            [
                "wrong: CPU: The preview cannot draw a panel of type piechart: it draws timeseries and stat.",
                "wrong: Memory: shows no data",
                "wrong: Disk: Prometheus refused sum by (: ",
                "wrong: Nodes that are ready: The preview does not know the unit furlongs: it writes ",
                "lost: is not drawn: The variable namespace is of type textbox; the preview knows datasource and query.",
            ],
            report.Problems.Where(problem => !problem.Contains("the browser says", StringComparison.Ordinal))
                .Select(problem => problem.Split("1:9")[0].Split("short, ")[0]));
        // One refused query is all that the browser complains of.
        var complaint = Assert.Single(report.Problems, problem => problem.Contains("the browser says", StringComparison.Ordinal));
        Assert.Contains("400", complaint, StringComparison.Ordinal);
        Assert.Equal((3, 2, 1), (report.Dashboards, report.Checked, report.OfFailures));
        Assert.Equal((cluster.Panels.Count * 3, (cluster.Panels.Count * 2) - 5), (report.Panels, report.Recorded));
        Assert.Equal(0, report.WithData);
        Assert.All(dashboards, dashboard =>
            Assert.Equal(Png, File.ReadAllBytes(Path.Combine(folder, $"{dashboard.Name}.png")).Take(Png.Length)));
        // Colours in a palette: the pictures of the documents are small.
        Assert.InRange(new FileInfo(Path.Combine(folder, "kubernetes.png")).Length, 10_000, 150_000);
    }

    [Fact]
    public void A_dashboard_that_was_not_opened_and_a_panel_that_the_page_lacks_are_problems()
    {
        var dashboards = Dashboard.All(workbench.Checkout).Where(dashboard => dashboard.Name is "platform" or "run").ToArray();
        var first = dashboards[0].Panels[0];
        var drawn = dashboards[0].Panels.Skip(1).Select(panel => new DrawnPanel(panel.Id, panel.Title, "data", ""));

        var report = ScreenshotReport.Of(dashboards, [new DrawnPage(dashboards[0].Name, "drawn", null, [.. drawn], [])]);

        Assert.Equal(
            [$"{dashboards[0].Name}: {first.Title}: is missing on the page", $"{dashboards[1].Name}: is not drawn: it was not opened"], report.Problems);
        Assert.StartsWith("dashboards: 2 expected, 1 checked, 1 skipped\n", report.Counts, StringComparison.Ordinal);
        Assert.Equal(["there is no dashboard"], ScreenshotReport.Of([], []).Problems);
    }

    private static Dashboard Changed(Dashboard dashboard, string name, Action<JsonObject> change)
    {
        var json = dashboard.Json.DeepClone().AsObject();
        change(json);

        return dashboard with { Name = name, Json = json };
    }
}
