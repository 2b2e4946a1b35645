using System.Net;
using Causeway.Harness.Local;

namespace Causeway.Integration.Orders;

/// <summary>What a caller sees of a service that is not there, or that leaves while it works.</summary>
public sealed class EdgeAnswers(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_any_instance_the_answer_is_503_with_Retry_After()
    {
        var gateways = await running.Platform.PodsOfAsync("orders-gateway", Stop);
        await using var first = await running.Faults.StopAsync(gateways[0], Stop);
        await using var second = await running.Faults.StopAsync(gateways[1], Stop);

        var answer = await shop.GetAsync("/orders?customer=edge", Stop);

        Assert.Equal((503, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.NotNull(answer.Header("Retry-After"));

        // Started again, one is ready when the edge sends requests to it, and not before.
        await second.DisposeAsync();
        Assert.Equal(200, (await shop.GetAsync("/orders?customer=edge", Stop)).Status);
    }

    [Fact]
    public async Task A_pod_is_not_ready_while_the_edge_does_not_say_so()
    {
        var gateway = (await running.Platform.PodsOfAsync("orders-gateway", Stop))[0];
        var edge = Assert.Single(await running.Platform.PodsOfAsync("edge-local", Stop));
        Task ready;

        await using (await running.Faults.PauseAsync(edge, Stop))
        {
            ready = running.Platform.WaitUntilReadyAsync([gateway.Name], Stop);
            await Assert.ThrowsAsync<TimeoutException>(() => ready.WaitAsync(TimeSpan.FromSeconds(3), Stop));
        }

        await ready;
    }

    [Fact]
    public async Task A_service_that_dies_over_a_request_is_502_and_says_that_the_outcome_is_unknown()
    {
        var gateways = await running.Platform.PodsOfAsync("orders-gateway", Stop);
        var store = Assert.Single(await running.Platform.PodsOfAsync("dynamodb-local", Stop));

        // A connection of its own: haproxy answers the first request of one. A later one it closes, for the client to repeat what it asked.
        using var once = new HttpClient { BaseAddress = shop.Edge };
        HttpResponseMessage answer;

        // A frozen store holds the request in the gateway for its whole patience, 2 s. (Delayed packets would not: that resets connections, and a
        // gateway that has many of them may use up its attempts on those.)
        await using (await running.Faults.PauseAsync(store, Stop))
        {
            var reading = once.GetAsync("/orders?customer=edge", Stop);
            await Task.Delay(TimeSpan.FromMilliseconds(400), Stop); // the request is with a gateway, which waits for its store
            await Task.WhenAll(gateways.Select(pod => running.Faults.KillAsync(pod, Stop)));
            answer = await reading;
        }

        await running.Platform.WaitUntilReadyAsync([.. gateways.Select(pod => pod.Name)], Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);

        Assert.True(answer.StatusCode is HttpStatusCode.BadGateway, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("not known", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("processor")]
    public async Task Health_is_not_on_the_port_that_serves_where_there_is_another(string component)
    {
        var address = await running.Platform.AddressOfAsync("orders", component, Stop);
        var management = await running.Platform.ManagementAddressOfAsync("orders", component, Stop);

        // Behind a port of its instance a task has that one alone.
        Assert.True(RunningPlatform.Runtime is LocalRuntime.Ecs || management.Port != address.Port);
        Assert.Equal(management.Port == address.Port ? 200 : 404, (await shop.SendAsync(HttpMethod.Get, "/healthz/ready", null, Stop, to: address)).Status);
    }
}
