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

    [Fact]
    public async Task A_request_that_cannot_be_read_keeps_neither_its_own_shard_nor_the_others_from_being_swept()
    {
        await using var store = await Store.StartAsync(call => (call.Operation, call.Table) switch
        {
            ("Query", "requests") => (Shard(call), call.Body["ExclusiveStartKey"]) switch
            {
                ("0", null) => Listed("c1#malformed", more: true),
                ("0", _) => Listed("c1#behind"),
                ("5", _) => Listed("c1#elsewhere"),
                _ => null,
            },
            ("GetItem", "requests") => call.Body["Key"]!["id"]!["S"]!.GetValue<string>() switch
            {
                "c1#malformed" => Store.Item(("id", "c1#malformed"), ("state", "no such state")),
                var id => Store.Item(
                    ("id", id), ("bodyHash", "h"), ("orderId", id[3..]), ("state", "running"), ("attempt", 1),
                    ("leaseUntil", "2020-01-01T00:00:00.0000000Z"), ("sweepAfter", "2020-01-01T00:00:00.0000000Z")),
            },
            _ => null,
        });
        await using var processor = await Listener.StartAsync((_, response) =>
        {
            response.StatusCode = 204;
            return Task.CompletedTask;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url, ("ORDERS_SWEEP_SECONDS", "1"));

        await Eventually.UntilAsync(() => processor.Received.Count >= 2, "both readable requests to be released");

        Assert.Equal(["DELETE /reservations/behind", "DELETE /reservations/elsewhere"], processor.Received.Take(2).Select(call => call.Path));
        Assert.Contains(gateway.Output, line => line.Contains("c1#malformed", StringComparison.Ordinal));
    }

    private static string Shard(StoreCall query) => query.Body["ExpressionAttributeValues"]![":shard"]!["S"]!.GetValue<string>();

    private static JsonObject Listed(string id, bool more = false)
    {
        var page = new JsonObject { ["Items"] = new JsonArray(Store.Attributes(("id", id))), ["Count"] = 1 };

        if (more)
        {
            page["LastEvaluatedKey"] = Store.Attributes(("id", id));
        }

        return page;
    }

    private static string NextState(StoreCall write) => write.Body["ExpressionAttributeValues"]![":next"]!["S"]!.GetValue<string>();

    private static Func<StoreCall, JsonObject?> Abandoned(string state, string sweepAfter) => call => (call.Operation, call.Table) switch
    {
        ("Query", "requests") when Shard(call) == "0" => Listed("c1#k"),
        ("GetItem", "requests") => Store.Item(
            ("id", "c1#k"), ("bodyHash", "h"), ("orderId", "order-0"), ("state", state), ("attempt", 1),
            ("leaseUntil", sweepAfter), ("sweepAfter", sweepAfter)),
        _ => null,
    };
}
