using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.LoadScenarios.Orders;

namespace Causeway.Integration.Orders;

/// <summary>What every service of the platform offers besides its work.</summary>
public sealed class Service(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Components => new("gateway", "processor");

    private Task<Uri> AddressAsync(string component) => running.Platform.ManagementAddressOfAsync("orders", component, Stop);

    [Theory]
    [MemberData(nameof(Components))]
    public async Task Health_endpoints_answer(string component)
    {
        foreach (var endpoint in new[] { "startup", "live", "ready" })
        {
            Assert.Equal(200, (await shop.SendAsync(HttpMethod.Get, $"/healthz/{endpoint}", null, Stop, to: await AddressAsync(component))).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Components))]
    public async Task Readiness_fails_without_the_database_and_liveness_does_not(string component)
    {
        var address = await AddressAsync(component);

        await using (await running.Faults.DisconnectAsync($"orders-{component}", "dynamodb-local", Stop))
        {
            await Eventually.TrueAsync(
                "not ready",
                TimeSpan.FromSeconds(15),
                async () => (await shop.SendAsync(HttpMethod.Get, "/healthz/ready", null, Stop, to: address)).Status == 503,
                Stop);
            Assert.Equal(200, (await shop.SendAsync(HttpMethod.Get, "/healthz/live", null, Stop, to: address)).Status);
        }

        await Eventually.TrueAsync(
            "ready again",
            TimeSpan.FromSeconds(15),
            async () => (await shop.SendAsync(HttpMethod.Get, "/healthz/ready", null, Stop, to: address)).Status == 200,
            Stop);
    }

    [Theory]
    [InlineData("gateway", "/orders", "/orders/{id}")]
    [InlineData("processor", "/reservations", "/inventory/{sku}/adjustments")]
    public async Task The_OpenAPI_document_describes_the_routes(string component, params string[] paths)
    {
        var answer = await shop.SendAsync(HttpMethod.Get, "/openapi/v1.json", null, Stop, to: await AddressAsync(component));

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("3.", (string?)answer.Body!["openapi"], StringComparison.Ordinal);
        Assert.All(paths, path => Assert.NotNull(answer.Body["paths"]![path]));
    }

    [Fact]
    public async Task One_trace_id_runs_through_the_logs_of_both_services()
    {
        await shop.StockAsync("TRACE", 5, Stop);
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Edge, "/orders"))
        {
            Content = new StringContent(Line.OrderJson("trace", new Line("TRACE", 1)), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "trace");
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");

        Assert.Equal(201, (int)(await http.SendAsync(request, Stop)).StatusCode);

        foreach (var deployment in new[] { "orders-gateway", "orders-processor" })
        {
            await Eventually.TrueAsync($"{deployment} logs the trace", TimeSpan.FromSeconds(10), async () =>
            {
                var logs = await Task.WhenAll(
                    (await running.Platform.PodsOfAsync(deployment, Stop)).Select(pod => running.Platform.LogAsync(pod.Name, 200, Stop)));

                return logs.SelectMany(log => log.Split('\n'))
                    .Any(line => line.Contains(Trace, StringComparison.Ordinal) && JsonNode.Parse(line) is JsonObject);
            }, Stop);
        }
    }

    [Theory]
    [InlineData("http_server_request_duration_seconds_count{service_name=\"orders-gateway\"}")]
    [InlineData("http_server_request_duration_seconds_count{service_name=\"orders-processor\"}")]
    [InlineData("http_client_request_duration_seconds_count{service_name=\"orders-gateway\"}")]
    [InlineData("dotnet_gc_collections_total{service_name=\"orders-processor\"}")]
    public async Task Metrics_arrive_in_Prometheus_by_OTLP(string metric)
    {
        using var http = new HttpClient();

        await new Prometheus(running.Platform.Addresses.Prometheus, http)
            .WaitUntilRisenAsync(metric, new Dictionary<string, double>(), TimeSpan.FromSeconds(30), Stop);
    }
}
