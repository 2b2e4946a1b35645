using System.Text.Json.Nodes;
using Orders.Tests.Running;

namespace Orders.Tests.Gateway;

public sealed class SweeperTests
{
    private static readonly string[] Cancellation = ["cancelling", "cancelled"];

    [Fact]
    public async Task An_abandoned_request_gives_its_stock_back_before_it_counts_as_cancelled()
    {
        await using var store = await Store.StartAsync(Abandoned("running", "2020-01-01T00:00:00.0000000Z"));
        await using var processor = await Listener.StartAsync((_, response) =>
        {
            response.StatusCode = 204;
            return Task.CompletedTask;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url, ("ORDERS_SWEEP_SECONDS", "1"));

        await Eventually.UntilAsync(() => store.Writes.Count >= 2, "both steps of the cancellation");

        Assert.Equal(Cancellation, store.Writes.Take(2).Select(NextState));
        Assert.Equal("DELETE /reservations/order-0", processor.Received[0].Path);
    }

    [Fact]
    public async Task A_request_is_not_cancelled_until_the_processor_has_confirmed()
    {
        await using var store = await Store.StartAsync(Abandoned("unanswered", "2020-01-01T00:00:00.0000000Z"));
        await using var processor = await Listener.StartAsync((_, response) =>
        {
            response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url, ("ORDERS_SWEEP_SECONDS", "1"));

        await Eventually.UntilAsync(() => store.Writes.Count >= 2, "a second try");

        Assert.DoesNotContain("cancelled", store.Writes.Select(NextState));
    }

    [Fact]
    public async Task A_request_that_is_not_due_any_more_is_left_alone_though_the_index_still_lists_it()
    {
        var looks = 0;
        var script = Abandoned("running", "2999-01-01T00:00:00.0000000Z");
        await using var store = await Store.StartAsync(call =>
        {
            looks += call.Operation == "Query" ? 1 : 0;
            return script(call);
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, settings: ("ORDERS_SWEEP_SECONDS", "1"));

        await Eventually.UntilAsync(() => looks > Orders.Gateway.RequestStore.Shards, "a second round");

        Assert.Empty(store.Writes);
    }

    private static string NextState(StoreCall write) => write.Body["ExpressionAttributeValues"]![":next"]!["S"]!.GetValue<string>();

    private static Func<StoreCall, JsonObject?> Abandoned(string state, string sweepAfter) => call => (call.Operation, call.Table) switch
    {
        ("Query", "requests") when call.Body["ExpressionAttributeValues"]![":shard"]!["S"]!.GetValue<string>() == "0" =>
            new JsonObject { ["Items"] = new JsonArray(Store.Attributes(("id", "c1#k"))), ["Count"] = 1 },
        ("GetItem", "requests") => Store.Item(
            ("id", "c1#k"), ("bodyHash", "h"), ("orderId", "order-0"), ("state", state), ("attempt", 1),
            ("leaseUntil", sweepAfter), ("sweepAfter", sweepAfter)),
        _ => null,
    };
}
