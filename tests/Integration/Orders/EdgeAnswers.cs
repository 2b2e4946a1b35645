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
    }

    [Fact]
    public async Task A_service_that_dies_over_a_request_is_502_and_says_that_the_outcome_is_unknown()
    {
        var answer = await AnswerOfKilledAsync();

        // Where the kill came before the request, or the edge lost sight of a gateway that had just returned, nothing was asked of anything, and 503 says so.
        for (var again = 0; answer.Status is 503 && again < 4; again++)
        {
            answer = await AnswerOfKilledAsync();
        }

        Assert.True(answer.Status is 502, $"{answer.Status}: {answer.Text}");
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Contains("not known", answer.Text, StringComparison.Ordinal);
    }

    private async Task<Answer> AnswerOfKilledAsync()
    {
        // Another test may have stopped the gateways, and the edge sees one return only at its next check.
        await Eventually.TrueAsync(
            "the edge serves", TimeSpan.FromSeconds(30), async () => (await shop.GetAsync("/orders?customer=edge", Stop)).Status == 200, Stop);
        var gateways = await running.Platform.PodsOfAsync("orders-gateway", Stop);
        var store = Assert.Single(await running.Platform.PodsOfAsync("dynamodb-local", Stop));
        Answer answer;

        // A frozen store holds the request in the gateway for its whole patience, 2 s. (Delayed packets would not: that resets connections, and a
        // gateway that has many of them may use up its attempts on those.)
        await using (await running.Faults.PauseAsync(store, Stop))
        {
            var reading = shop.GetAsync("/orders?customer=edge", Stop);
            await Task.Delay(TimeSpan.FromMilliseconds(400), Stop); // the request is with a gateway, which waits for its store
            await Task.WhenAll(gateways.Select(pod => running.Faults.KillAsync(pod, Stop)));
            answer = await reading;
        }

        await running.Platform.WaitUntilReadyAsync([.. gateways.Select(pod => pod.Name)], Stop);

        return answer;
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
