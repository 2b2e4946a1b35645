using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Causeway.Harness.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Causeway.Offline.Local;

/// <summary>A proxy that answers a part of the requests: what it passes on arrives whole, and what it answers is what clients know.</summary>
public sealed class HttpFaultProxyTests : IAsyncLifetime
{
    private readonly WebApplication server;

    public HttpFaultProxyTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.MapPost("/", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync());
        server.MapGet("/", () => "hello");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync(Stop);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private HttpFaultProxy Start(double share) =>
        HttpFaultProxy.Start("127.0.0.1", "127.0.0.1", new Uri(server.Urls.Single()).Port, share, FaultyAnswer.Throttled, seed: 1);

    [Fact]
    public async Task What_is_passed_on_arrives_whole_over_one_connection()
    {
        using var proxy = Start(share: 0);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };

        foreach (var length in new[] { 0, 1, 100_000 })
        {
            var text = new string('x', length);
            Assert.Equal("hello", await http.GetStringAsync("/", Stop));
            using var answer = await http.PostAsync("/", new StringContent(text), Stop);
            Assert.Equal(text, await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task About_the_share_of_the_requests_is_answered()
    {
        using var proxy = Start(share: 0.3);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };
        var statuses = new List<HttpStatusCode>();

        for (var request = 0; request < 200; request++)
        {
            using var answer = await http.GetAsync("/", Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.InRange(statuses.Count(status => status is HttpStatusCode.BadRequest), 40, 80);
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_client_of_DynamoDB_knows_the_answer_as_its_own()
    {
        using var proxy = Start(share: 1);
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("a", "b"),
            new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{proxy.Port}", AuthenticationRegion = "eu-central-1", MaxErrorRetry = 0 });

        var refused = await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(
            () => dynamo.GetItemAsync("table", new Dictionary<string, AttributeValue> { ["id"] = new("1") }, Stop));

        Assert.Equal("ProvisionedThroughputExceededException", refused.ErrorCode);
    }
}
