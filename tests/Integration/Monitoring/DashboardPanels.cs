using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Monitoring.Preview;
using Causeway.Harness.Tools;

namespace Causeway.Integration.Monitoring;

/// <summary>Every panel of every dashboard shows data of the running platform, and the rules are evaluated without an error.</summary>
public sealed class DashboardPanels(RunningPlatform running) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Prometheus Prometheus => new(running.Platform.Addresses.Prometheus, http);

    [Fact]
    public async Task Every_panel_shows_data_while_there_is_traffic()
    {
        var dashboards = Dashboard.All(running.Repository);
        var here = (from dashboard in dashboards.Where(dashboard => !dashboard.NeedsCluster)
                    from panel in dashboard.Panels
                    select (Dashboard: dashboard, Panel: panel)).ToArray();
        var (always, failures) = (here.Where(one => !one.Panel.ShowsFailures).ToArray(), here.Count(one => one.Panel.ShowsFailures));
        var cluster = dashboards.Where(dashboard => dashboard.NeedsCluster).Sum(dashboard => dashboard.Panels.Count);

        await FillAsync(always);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"panels: {here.Length + cluster} expected, {always.Length} checked, {failures} skipped since they show failures, "
            + $"{cluster} skipped since they need a cluster");
        Assert.NotEmpty(always);
    }

    [Fact]
    public async Task Every_dashboard_is_drawn_as_a_picture_that_shows_it()
    {
        var dashboards = Dashboard.All(running.Repository);
        await FillAsync([
            .. from dashboard in dashboards.Where(dashboard => !dashboard.NeedsCluster)
               from panel in dashboard.Panels.Where(panel => !panel.ShowsFailures)
               select (dashboard, panel)]);
        var tools = new ToolBox(running.Repository, ToolManifest.Load(running.Repository));
        var folder = Directory.CreateTempSubdirectory("causeway-dashboards-");

        try
        {
            await using var recorded = await RecordedPrometheus.StartAsync(RecordedSeries.Load(running.Repository), tools, Stop);
            await using var server = PreviewServer.Start(
                running.Repository, tools, new PreviewContent(dashboards, running.Platform.Addresses.Prometheus, recorded), port: 0);

            var pages = await new Screenshots(running.Repository, tools).TakeAsync(server.Address, dashboards, folder.FullName, "15m", Stop);

            var report = ScreenshotReport.Of(dashboards, pages);
            TestContext.Current.TestOutputHelper?.WriteLine(report.Counts);
            Assert.Equal([], report.Problems);
            Assert.Equal(dashboards.Select(dashboard => $"{dashboard.Name}.png").Order(), folder.GetFiles().Select(file => file.Name).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Every_rule_is_evaluated_without_an_error()
    {
        var rules = await Prometheus.RulesAsync(Stop);

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.True(rule.Health is "ok", $"{rule.Group}/{rule.Name}: {rule.Health}: {rule.Error}"));
    }

    public void Dispose() => http.Dispose();

    /// <summary>Makes traffic until every panel has data.</summary>
    private async Task FillAsync(IReadOnlyList<(Dashboard Dashboard, Panel Panel)> panels)
    {
        var empty = panels.ToList();

        // A rate needs two samples of a series, and a series begins with the first request of its kind.
        for (var started = TimeProvider.System.GetTimestamp(); empty is not [] && TimeProvider.System.GetElapsedTime(started) < Patience;)
        {
            await TrafficAsync();
            var left = new List<(Dashboard Dashboard, Panel Panel)>();

            foreach (var one in empty)
            {
                if (!await ShowsAsync(one.Dashboard, one.Panel))
                {
                    left.Add(one);
                }
            }

            empty = left;
        }

        Assert.Equal([], empty.Select(one => $"{one.Dashboard.Name}: {one.Panel.Title} shows nothing: {string.Join("; ", one.Panel.Queries)}"));
    }

    private async Task<bool> ShowsAsync(Dashboard dashboard, Panel panel)
    {
        foreach (var query in panel.Queries)
        {
            if ((await Prometheus.SeriesAsync(dashboard.Fill(query.Expression, "1m"), Stop)).Values.All(double.IsNaN))
            {
                return false;
            }
        }

        return true;
    }

    private async Task TrafficAsync()
    {
        foreach (var workload in running.Repository.Releases(Renderer.Environment))
        {
            var addresses = new Dictionary<string, Uri>();

            foreach (var component in running.Platform.ComponentsOf(workload))
            {
                addresses[component] = await running.Platform.AddressOfAsync(workload, component, Stop);
            }

            foreach (var part in new[] { "seed", "steps" })
            {
                await Transaction.Find(running.Repository, workload)!
                    .RunAsync(part, component => component is null ? running.Platform.Addresses.Edge : addresses[component], http, Stop);
            }
        }
    }
}
