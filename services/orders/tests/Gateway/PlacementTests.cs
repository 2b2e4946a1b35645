using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orders.Tests.Running;

namespace Orders.Tests.Gateway;

/// <summary>The protocol at the moments that a real store shows only in a race or a fault.</summary>
public sealed class PlacementTests
{
    private const string Order = """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1}]}""";
    private static readonly string OrderHash = new Orders.Gateway.PlaceOrder("c1", [new("WIDGET", 1)]).Hash();

    [Fact]
    public async Task An_attempt_that_was_overtaken_writes_nothing_and_answers_with_the_order_of_the_other()
    {
        await using var store = await Store.StartAsync(call => (call.Operation, call.Table) switch
        {
            ("TransactWriteItems", _) => Store.Cancelled(Store.Reason("None"), Store.Reason("ConditionalCheckFailed")),
            ("GetItem", "requests") => Request("done", attempt: 2, orderId: "other"),
            ("GetItem", "orders") => StoredOrder("other"),
            _ => null,
        });
        await using var processor = await ReservesAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        var answer = await PlaceAsync(gateway);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("other", (await answer.JsonAsync())["id"]!.GetValue<string>());
        Assert.Equal("true", answer.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(["PutItem", "TransactWriteItems"], store.Writes.Select(write => write.Operation));
    }

    [Fact]
    public async Task The_record_is_written_only_for_the_attempt_that_made_the_reservation()
    {
        await using var store = await Store.StartAsync();
        await using var processor = await ReservesAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        Assert.Equal(HttpStatusCode.Created, (await PlaceAsync(gateway)).StatusCode);

        var done = store.Writes.Single(write => write.Operation == "TransactWriteItems").Body["TransactItems"]![1]!["Update"]!;
        Assert.Equal("(attempt = :attempt AND #state = :state AND orderId = :orderId) OR nonce = :nonce", done["ConditionExpression"]!.GetValue<string>());
        Assert.Equal("1", done["ExpressionAttributeValues"]![":attempt"]!["N"]!.GetValue<string>());
        Assert.Equal("running", done["ExpressionAttributeValues"]![":state"]!["S"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_reservation_that_was_released_meanwhile_is_never_recorded()
    {
        await using var store = await Store.StartAsync(call => (call.Operation, call.Table) switch
        {
            ("GetItem", "requests") => Request("cancelling", attempt: 2, orderId: "mine"),
            _ => null,
        });
        await using var processor = await AnswersAsync(409, """{"type":"urn:causeway:problem:reservation-released","status":409}""");
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        var answer = await PlaceAsync(gateway);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("urn:causeway:problem:request-in-progress", (await answer.JsonAsync())["type"]!.GetValue<string>());
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(["PutItem"], store.Writes.Select(write => write.Operation));
    }

    [Fact]
    public async Task Without_a_processor_the_answer_is_503_and_the_request_waits_for_its_client_or_the_sweeper()
    {
        await using var store = await Store.StartAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url);

        var answer = await PlaceAsync(gateway);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 9);
        Assert.Equal(["PutItem", "UpdateItem"], store.Writes.Select(write => write.Operation));
        Assert.Equal("unanswered", store.Writes[1].Body["ExpressionAttributeValues"]![":next"]!["S"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unanswered_request_is_taken_over_as_the_same_order()
    {
        await using var store = await Store.StartAsync(call => (call.Operation, call.Table) switch
        {
            ("PutItem", _) => Store.ConditionFailed(),
            ("GetItem", "requests") => Request("unanswered", attempt: 4, orderId: "same"),
            _ => null,
        });
        await using var processor = await ReservesAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        var answer = await PlaceAsync(gateway);

        Assert.Equal("same", (await answer.JsonAsync())["id"]!.GetValue<string>());
        Assert.Equal(
            "5", store.Writes.Single(write => write.Operation == "UpdateItem").Body["ExpressionAttributeValues"]![":nextAttempt"]!["N"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_write_that_the_SDK_repeats_because_its_answer_was_lost_recognises_itself()
    {
        var begun = new List<string>();
        var takenOver = new List<string>();
        await using var store = await Store.StartAsync(call =>
        {
            var (condition, nonce) = (
                call.Body["ConditionExpression"]?.GetValue<string>(), call.Body["ExpressionAttributeValues"]?[":nonce"]?["S"]?.GetValue<string>());

            switch (call.Operation, call.Table)
            {
                case ("PutItem", _):
                    Assert.Contains("OR nonce = :nonce", condition, StringComparison.Ordinal);
                    begun.Add(nonce!);
                    return begun.Count == 1 ? Store.Throttled() : Store.ConditionFailed();
                case ("GetItem", "requests"):
                    return Request("unanswered", attempt: 4, orderId: "same");
                case ("UpdateItem", _):
                    Assert.Contains("OR nonce = :nonce", condition, StringComparison.Ordinal);
                    Assert.Contains("nonce = :nonce", call.Body["UpdateExpression"]!.GetValue<string>(), StringComparison.Ordinal);
                    takenOver.Add(nonce!);
                    return takenOver.Count == 1 ? Store.Throttled() : null;
                default:
                    return null;
            }
        });
        await using var processor = await ReservesAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        Assert.Equal(HttpStatusCode.Created, (await PlaceAsync(gateway)).StatusCode);
        Assert.Equal(2, begun.Count);
        Assert.Single(begun.Distinct());
        Assert.Equal(2, takenOver.Count);
        Assert.Single(takenOver.Distinct());
        Assert.NotEqual(begun[0], takenOver[0]);
    }

    [Fact]
    public async Task Without_a_store_the_answer_is_503()
    {
        await using var gateway = await ServiceProcess.GatewayAsync("http://127.0.0.1:9");

        var answer = await PlaceAsync(gateway);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await gateway.Management.GetAsync("/healthz/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await gateway.Management.GetAsync("/healthz/startup", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Management.GetAsync("/healthz/live", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static Task<HttpResponseMessage> PlaceAsync(ServiceProcess gateway) => gateway.PostAsync("/orders", Order, ("Idempotency-Key", "k"));

    private static Task<Listener> ReservesAsync() => AnswersAsync(201, "{}");

    private static Task<Listener> AnswersAsync(int status, string body) => Listener.StartAsync((_, response) =>
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(body);
    });

    private static JsonObject Request(string state, int attempt, string orderId) => Store.Item(
        ("id", "c1#k"), ("bodyHash", OrderHash), ("orderId", orderId), ("state", state), ("attempt", attempt));

    private static JsonObject StoredOrder(string id) => Store.Item(
        ("id", id), ("customer", "c1"), ("status", "accepted"), ("placedAt", "2026-11-20T12:00:00.0000000Z"), ("traceId", "t"),
        ("lines", new JsonObject { ["L"] = new JsonArray(new JsonObject { ["M"] = Store.Attributes(("sku", "WIDGET"), ("quantity", 1)) }) }));
}
