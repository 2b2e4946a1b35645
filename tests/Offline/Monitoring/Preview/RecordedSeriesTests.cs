using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Monitoring.Preview;

namespace Causeway.Offline.Monitoring.Preview;

/// <summary>Panels that need a cluster find something in the recorded series.</summary>
public sealed class RecordedSeriesTests(Workbench workbench, RecordedData recorded) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_of_a_cluster_finds_recorded_series()
    {
        var queries = (from dashboard in Dashboard.All(workbench.Checkout).Where(dashboard => dashboard.NeedsCluster)
                       from panel in dashboard.Panels
                       from query in panel.Queries.Index()
                       select (Name: $"{dashboard.Name}: {panel.Title}/{query.Index}", Query: dashboard.Fill(query.Item.Expression, "1m"))).ToArray();
        var gate = new Gate("queries of a cluster", queries.Select(query => query.Name));

        foreach (var (name, query) in queries)
        {
            gate.Record(name, await CountAsync(query) > 0 ? null : $"finds nothing in the recorded series: add what {query} asks");
        }

        gate.Close();
    }

    [Theory]
    [InlineData("kube_pod_info", 2)]
    [InlineData("kube_pod_inof", 0)]
    [InlineData("rate(node_cpu_seconds_total{mode=\"idle\"}[1m])", 2)]
    [InlineData("rate(node_cpu_seconds_total{mode=\"steal\"}[1m])", 0)]
    public async Task What_is_recorded_is_found_and_nothing_else(string query, int series) => Assert.Equal(series, await CountAsync(query));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-2+4x3", "-2 2 6 10")]
    [InlineData("1-2x4", "1 -1 -3 -5 -7")]
    [InlineData("1x4", "1 1 1 1 1")]
    [InlineData("1.5e3x1", "1500 1500")]
    [InlineData("_ 1 _x3 2", "_ 1 _ _ _ 2")]
    public void Values_are_read_as_promtool_reads_them(string notation, string values) =>
        Assert.Equal(values, string.Join(' ', RecordedSeries.Expand(notation).Select(value => value?.ToString(CultureInfo.InvariantCulture) ?? "_")));

    [Theory]
    [InlineData("1+x3")]
    [InlineData("stale")]
    [InlineData("1x")]
    public void Other_values_are_refused_by_name(string notation) =>
        Assert.Contains(
            $"{notation} is not a value of promtool's", Assert.Throws<InvalidDataException>(() => RecordedSeries.Expand(notation)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Series_that_promtool_refuses_are_an_error_with_its_reason()
    {
        var wrong = new RecordedSeries(
            "here.yaml", DateTimeOffset.UnixEpoch.AddYears(50), TimeSpan.FromSeconds(30), new Dictionary<string, IReadOnlyList<double?>> { ["up{"] = [1] });

        var refused = await Assert.ThrowsAsync<PlatformException>(() => RecordedPrometheus.StartAsync(wrong, workbench.Tools, Stop));

        Assert.Equal("promtool refuses the series of here.yaml.", refused.Message);
        Assert.NotEqual("", refused.Log);
    }

    public void Dispose() => http.Dispose();

    private async Task<int> CountAsync(string query)
    {
        var prometheus = await recorded.PrometheusAsync();
        var at = prometheus.Series.To.ToUnixTimeSeconds();
        var address = new Uri(prometheus.Address, $"/api/v1/query?time={at}&query={Uri.EscapeDataString(query)}");

        return JsonNode.Parse(await http.GetStringAsync(address, Stop))!["data"]!["result"]!.AsArray().Count;
    }
}
