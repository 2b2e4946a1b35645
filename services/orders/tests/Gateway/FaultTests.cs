using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orders.Tests.Running;

namespace Orders.Tests.Gateway;

/// <summary>Faults that pass and faults that last, as a client sees them.</summary>
public sealed class FaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ThrottlingException", HttpStatusCode.ServiceUnavailable, 7)]
    [InlineData("InvalidSignatureException", HttpStatusCode.ServiceUnavailable, 7)]
    [InlineData("ValidationException", HttpStatusCode.InternalServerError, 1)]
    [InlineData("AccessDeniedException", HttpStatusCode.InternalServerError, 1)]
    public async Task A_fault_of_the_store_that_passes_is_tried_again_within_the_budget_and_one_that_lasts_never(string code, HttpStatusCode status, int calls)
    {
        var seen = 0;
        await using var store = await Store.StartAsync(call =>
        {
            if (call.Body["Key"]?["id"]?["S"]?.GetValue<string>() != "o1")
            {
                return null;
            }

            Interlocked.Increment(ref seen);
            return Fails(code);
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url);

        var answer = await gateway.Http.GetAsync("/orders/o1", Stop);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        Assert.Equal(calls, seen);
    }

    [Fact]
    public async Task A_signature_that_DynamoDB_refuses_at_first_costs_no_request()
    {
        var refusals = 2;
        await using var store = await Store.StartAsync(call =>
            call.Body["Key"]?["id"]?["S"]?.GetValue<string>() == "o1" && Interlocked.Decrement(ref refusals) >= 0 ? Fails("InvalidSignatureException") : null);
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url);

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.GetAsync("/orders/o1", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_processor_that_fails_for_one_customers_data_is_asked_once_and_stays_open_to_the_others()
    {
        await using var store = await Store.StartAsync();
        await using var processor = await Listener.StartAsync((request, response) =>
        {
            response.StatusCode = System.Text.Encoding.UTF8.GetString(request.Body).Contains("POISON", StringComparison.Ordinal) ? 500 : 201;
            return response.WriteAsync("{}", Stop);
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        for (var i = 0; i < 40; i++)
        {
            var bad = await PlaceAsync(gateway, "POISON", $"bad-{i}");
            Assert.Equal(HttpStatusCode.InternalServerError, bad.StatusCode);
            Assert.Equal("application/problem+json", bad.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(40, processor.Received.Count);
        Assert.Equal(HttpStatusCode.Created, (await PlaceAsync(gateway, "WIDGET", "good")).StatusCode);
        // Stock may have been taken before it failed: the sweeper gives it back.
        Assert.Contains(store.Writes, write => write.Body["ExpressionAttributeValues"]?[":next"]?["S"]?.GetValue<string>() == "unanswered");
    }

    [Fact]
    public async Task A_503_of_the_processor_is_not_multiplied()
    {
        await using var store = await Store.StartAsync();
        await using var processor = await Listener.StartAsync((_, response) =>
        {
            response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PlaceAsync(gateway, "WIDGET", "k")).StatusCode);
        Assert.Single(processor.Received);
    }

    [Fact]
    public async Task One_order_under_lasting_throttling_makes_few_transactions()
    {
        var transactions = 0;
        var throttles = false;
        await using var store = await Store.StartAsync(call =>
        {
            if (call.Operation != "TransactWriteItems" || !throttles)
            {
                return null;
            }

            Interlocked.Increment(ref transactions);
            return Store.Cancelled(Store.Reason("None"), Store.Reason("ThrottlingError"));
        });
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Http.BaseAddress!.ToString());

        // A process answers its first requests slowly, and one that times out is sent again.
        await Eventually.GetAsync(
            async () => await PlaceAsync(gateway, "WIDGET", $"{Guid.NewGuid()}") is { StatusCode: HttpStatusCode.Created } placed ? placed : null,
            "a first order");
        throttles = true;
        var answer = await PlaceAsync(gateway, "WIDGET", "k");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(transactions, 2, 7);
    }

    [Fact]
    public async Task Too_many_requests_are_refused_in_part_and_readiness_stays()
    {
        var mayAnswer = new TaskCompletionSource();
        var inFlight = 0;
        await using var store = await Store.StartAsync(async call =>
        {
            if (call.Body["Key"]?["id"]?["S"]?.GetValue<string>() == "slow")
            {
                Interlocked.Increment(ref inFlight);
                await mayAnswer.Task;
            }

            return null;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, settings: [("REQUESTS_AT_ONCE", "2"), ("REQUESTS_WAITING", "1")]);
        await Eventually.GetAsync(
            async () => await gateway.Management.GetAsync("/healthz/ready", Stop) is { StatusCode: HttpStatusCode.OK } ready ? ready : null, "readiness");

        Task<HttpResponseMessage>[] slow = [.. Enumerable.Range(0, 8).Select(_ => gateway.Http.GetAsync("/orders/slow", Stop))];
        await Eventually.UntilAsync(() => inFlight == 2 && slow.Count(answer => answer.IsCompleted) == 5, "the overflow to be refused");
        Assert.Equal(HttpStatusCode.OK, (await gateway.Management.GetAsync("/healthz/ready", Stop)).StatusCode);
        // Another route has places of its own.
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/orders?customer=c1", Stop)).StatusCode);
        mayAnswer.SetResult();
        var answers = await Task.WhenAll(slow);

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable).ToArray();
        Assert.Equal(5, refused.Length);
        Assert.All(refused, answer => Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType));
        Assert.All(refused, answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Metrics_of_failed_requests_carry_the_error_and_a_drain_logs_none()
    {
        await using var store = await Store.StartAsync(call => call.Body["Key"]?["id"]?["S"]?.GetValue<string>() == "o1" ? Fails("ThrottlingException") : null);
        await using var receiver = await Listener.StartAsync((_, _) => Task.CompletedTask);
        await using var gateway = await ServiceProcess.GatewayAsync(
            store.Url, settings: [("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", $"{receiver.Url}/v1/metrics"), ("SHUTDOWN_DRAIN_SECONDS", "2")]);

        await gateway.Http.GetAsync("/orders/o1", Stop);
        gateway.Terminate();
        await Eventually.GetAsync(
            async () => await gateway.Management.GetAsync("/healthz/ready", Stop) is { StatusCode: HttpStatusCode.ServiceUnavailable } drained ? drained : null,
            "readiness to fail");
        await gateway.ExitAsync();

        Assert.True(receiver.Received[^1].Body.AsSpan().IndexOf("error.type"u8) >= 0, "The metrics have no error.type.");
        Assert.DoesNotContain(gateway.Log, line => line["LogLevel"]?.GetValue<string>() is "Error" or "Critical");
    }

    private static JsonObject Fails(string code) => new() { ["__type"] = $"com.amazonaws.dynamodb.v20120810#{code}", ["message"] = "refused" };

    private static Task<HttpResponseMessage> PlaceAsync(ServiceProcess gateway, string sku, string key) =>
        gateway.PostAsync("/orders", $$"""{"customer":"c1","lines":[{"sku":"{{sku}}","quantity":1}]}""", ("Idempotency-Key", key));
}
