using System.Net;
using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Monitoring.Preview;

namespace Causeway.Offline.Monitoring.Preview;

/// <summary>The preview serves its pages and what panels ask, and nothing else.</summary>
public sealed class PreviewServerTests(Workbench workbench, RecordedData recorded) : IAsyncLifetime
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private PreviewServer? server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Harness.Repository Checkout => workbench.Checkout;

    public async ValueTask InitializeAsync() => server = await StartAsync(Checkout, 0);

    [Theory]
    [InlineData("", "text/html", "<title>Dashboards</title>")]
    [InlineData("dashboards/platform", "text/html", "<main id=\"panels\"")]
    [InlineData("page/panels.mjs", "text/javascript", "export async function draw")]
    [InlineData("page/preview.css", "text/css", ":focus-visible")]
    [InlineData("uplot/uPlot.esm.js", "text/javascript", "uPlot")]
    [InlineData("uplot/uPlot.min.css", "text/css", ".uplot")]
    [InlineData("api/dashboards", "application/json", "\"name\":\"kubernetes\"")]
    [InlineData("api/dashboards/platform", "application/json", "\"recorded\":null")]
    [InlineData("api/dashboards/kubernetes", "application/json", "\"source\":\"monitoring/recorded/cluster.yaml\"")]
    [InlineData("api/runs?from=0&to=1", "application/json", "[]")]
    [InlineData("prometheus/recorded/api/v1/query?query=vector(7)", "application/json", "\"status\":\"success\"")]
    [InlineData("prometheus/recorded/api/v1/query_range?query=vector(7)&start=1&end=2&step=1", "application/json", "\"resultType\":\"matrix\"")]
    [InlineData("prometheus/recorded/api/v1/label/namespace/values", "application/json", "\"catalog\"")]
    public async Task What_a_page_needs_is_served(string path, string type, string content)
    {
        using var answer = await http.GetAsync(new Uri(server!.Address, path), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains(content, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dashboards/nonesuch")]
    [InlineData("api/dashboards/nonesuch")]
    [InlineData("page/")]
    [InlineData("page/nonesuch.mjs")]
    [InlineData("page/..%2fscreenshots.mjs")]
    [InlineData("page/%2e%2e/screenshots.mjs")]
    [InlineData("api/runs?from=0")]
    [InlineData("api/runs?from=0&to=NaN")]
    [InlineData("prometheus/recorded/")]
    [InlineData("prometheus/recorded/metrics")]
    [InlineData("prometheus/recorded/api/v1/status/config")]
    [InlineData("prometheus/recorded/api/v1/admin/tsdb/snapshot")]
    [InlineData("prometheus/recorded/api/v1/label/../status/config/values")]
    [InlineData("prometheus/recorded/api/v1/label/a%2fb/values")]
    [InlineData("prometheus/recorded/api/v1/query/../targets")]
    [InlineData("prometheus/elsewhere/api/v1/query?query=up")]
    public async Task Every_other_path_leads_nowhere(string path)
    {
        using var answer = await http.GetAsync(new Uri(server!.Address, path), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Nothing_but_a_look_is_allowed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server!.Address, "prometheus/recorded/api/v1/query?query=up"));
        using var answer = await http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task A_request_by_another_hosts_name_is_not_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server!.Address, "api/dashboards")) { Headers = { Host = "elsewhere.test" } };
        using var answer = await http.SendAsync(request, Stop);

        Assert.False(answer.IsSuccessStatusCode, $"it answered {answer.StatusCode}");
    }

    [Fact]
    public async Task Without_a_platform_its_panels_are_told_what_to_do()
    {
        using var answer = await http.GetAsync(new Uri(server!.Address, "prometheus/running/api/v1/query?query=up"), Stop);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("Run `./causeway up`", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var taken = await Assert.ThrowsAsync<PlatformException>(() => StartAsync(Checkout, server!.Address.Port));

        Assert.Equal($"Port {server!.Address.Port} of 127.0.0.1 is taken.", taken.Message);
    }

    [Fact]
    public async Task Runs_in_the_time_that_is_shown_come_from_their_reports()
    {
        var checkout = Copy();
        Report("load/shop/steady", """{ "workload": "shop", "scenario": "steady", "verdict": "passed", "started": "2026-03-01T10:00:00+00:00", "tookSeconds": 60.5 }""");
        Report("chaos/shop/kill", """{ "workload": "shop", "scenario": "kill", "verdict": "failed", "started": "2026-03-01T10:05:00+00:00", "tookSeconds": 30 }""");
        Report("load/shop/older", """{ "workload": "shop", "scenario": "older", "started": "2026-03-01T08:00:00+00:00", "tookSeconds": 60 }""");
        Report("load/shop/unfinished", """{ "workload": "shop", """);
        Report("tests/other", """{ "passed": 3 }""");
        Report("bin/compiled", """{ "scenario": "compiled", "started": "2026-03-01T10:00:00+00:00", "tookSeconds": 60 }""");
        await using var other = await StartAsync(checkout, 0);
        var from = DateTimeOffset.Parse("2026-03-01T10:00:30Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();

        var runs = JsonNode.Parse(await http.GetStringAsync(new Uri(other.Address, $"api/runs?from={from}&to={from + 600}"), Stop))!.AsArray();

        Assert.Equal(
            ["shop steady: passed, 10:00:00 to 10:01:00 UTC", "shop kill: failed, 10:05:00 to 10:05:30 UTC"],
            runs.Select(run => (string)run!["text"]!));
        Assert.Equal((from - 30, from + 30.5), ((double)runs[0]!["from"]!, (double)runs[0]!["to"]!));

        void Report(string folder, string text) =>
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(checkout.PathTo("artifacts", folder)).FullName, "report.json"), text);
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        http.Dispose();
    }

    private async Task<PreviewServer> StartAsync(Harness.Repository checkout, int port) => PreviewServer.Start(
        checkout, workbench.Tools, new PreviewContent(Dashboard.All(Checkout), Running: null, await recorded.PrometheusAsync()), port);

    // With the pages, and artifacts of its own.
    private Harness.Repository Copy()
    {
        var copy = new Harness.Repository(Path.Combine(workbench.Scratch.FullName, $"preview-{Guid.NewGuid():N}"));
        var page = copy.PathTo("src", "Harness", "Monitoring", "Preview", "page");
        Directory.CreateDirectory(Path.GetDirectoryName(page)!);
        File.CreateSymbolicLink(page, Checkout.PathTo("src", "Harness", "Monitoring", "Preview", "page"));

        return copy;
    }
}
