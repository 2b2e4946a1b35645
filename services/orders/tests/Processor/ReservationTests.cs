using System.Net;
using System.Text.Json.Nodes;
using Orders.Tests.Running;

namespace Orders.Tests.Processor;

public sealed class ReservationTests
{
    private const string Reservation = """{"orderId":"o1","lines":[{"sku":"A","quantity":2},{"sku":"B","quantity":3}]}""";

    [Fact]
    public async Task Stock_that_others_are_changing_is_tried_again()
    {
        var tries = 0;
        await using var store = await Store.StartAsync(call => call.Operation == "TransactWriteItems" && ++tries < 3
            ? Store.Cancelled(Store.Reason("None"), Store.Reason("TransactionConflict"), Store.Reason("None"))
            : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        Assert.Equal(HttpStatusCode.Created, (await processor.PostAsync("/reservations", Reservation)).StatusCode);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task Stock_that_others_never_leave_alone_ends_in_503()
    {
        await using var store = await Store.StartAsync(call => call.Operation == "TransactWriteItems"
            ? Store.Cancelled(Store.Reason("None"), Store.Reason("TransactionConflict"), Store.Reason("None"))
            : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        var answer = await processor.PostAsync("/reservations", Reservation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Every_short_line_is_named_and_an_unknown_sku_has_none()
    {
        await using var store = await Store.StartAsync(call => Takes(call) ? ShortOfBoth() : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        var answer = await processor.PostAsync("/reservations", Reservation);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(
            """[{"sku":"A","requested":2,"available":1},{"sku":"B","requested":3,"available":0}]""",
            (await answer.JsonAsync())["short"]!.ToJsonString());
    }

    [Fact]
    public async Task A_short_reservation_is_recorded_and_answered_alike_whatever_stock_has_come_since()
    {
        JsonObject? record = null;
        await using var store = await Store.StartAsync(call =>
        {
            if (call.Operation != "TransactWriteItems")
            {
                return null;
            }

            if (record is not null)
            {
                return Store.Cancelled(Store.Reason("ConditionalCheckFailed", record.DeepClone().AsObject()), Store.Reason("None"), Store.Reason("None"));
            }

            if (Takes(call))
            {
                return ShortOfBoth();
            }

            var put = call.Body["TransactItems"]![0]!["Put"]!;
            Assert.Equal("attribute_not_exists(orderId)", put["ConditionExpression"]!.GetValue<string>());
            record = put["Item"]!.DeepClone().AsObject();
            return null;
        });
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        var first = await processor.PostAsync("/reservations", Reservation);
        var second = await processor.PostAsync("/reservations", Reservation);
        var other = await processor.PostAsync("/reservations", Reservation.Replace("3", "4", StringComparison.Ordinal));

        Assert.Equal("short", record!["state"]!["S"]!.GetValue<string>());
        Assert.NotNull(record["expires"]);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal((await first.JsonAsync())["short"]!.ToJsonString(), (await second.JsonAsync())["short"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Theory]
    [InlineData("reserved", HttpStatusCode.OK)]
    [InlineData("released", HttpStatusCode.Conflict)]
    public async Task Running_short_yields_to_what_another_attempt_for_the_order_has_recorded_meanwhile(string state, HttpStatusCode status)
    {
        await using var store = await Store.StartAsync(call => call.Operation != "TransactWriteItems" ? null
            : Takes(call) ? ShortOfBoth()
            : Store.Cancelled(Store.Reason("ConditionalCheckFailed", Record(state, quantityOfB: 3))));
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        Assert.Equal(status, (await processor.PostAsync("/reservations", Reservation)).StatusCode);
    }

    [Fact]
    public async Task A_short_line_beside_a_busy_one_is_not_the_whole_answer()
    {
        var tries = 0;
        await using var store = await Store.StartAsync(call => Takes(call) && ++tries < 2
            ? Store.Cancelled(Store.Reason("None"), Store.Reason("TransactionConflict"), Store.Reason("ConditionalCheckFailed"))
            : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        Assert.Equal(HttpStatusCode.Created, (await processor.PostAsync("/reservations", Reservation)).StatusCode);
        Assert.Equal(2, tries);
    }

    [Theory]
    [InlineData("reserved", 3, HttpStatusCode.OK)]
    [InlineData("reserved", 4, HttpStatusCode.UnprocessableEntity)]
    [InlineData("released", 3, HttpStatusCode.Conflict)]
    public async Task A_known_order_is_answered_from_its_record(string state, int quantityOfB, HttpStatusCode status)
    {
        await using var store = await Store.StartAsync(call => call.Operation == "TransactWriteItems"
            ? Store.Cancelled(
                Store.Reason("ConditionalCheckFailed", Record(state, quantityOfB)), Store.Reason("ConditionalCheckFailed"), Store.Reason("None"))
            : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        Assert.Equal(status, (await processor.PostAsync("/reservations", Reservation)).StatusCode);
    }

    [Fact]
    public async Task Releasing_loses_a_race_against_reserving_and_looks_again()
    {
        var looks = 0;
        await using var store = await Store.StartAsync(call => call switch
        {
            { Operation: "GetItem", Table: "reservations" } when call.Body["Key"]!["orderId"]!["S"]!.GetValue<string>() == "o1" && ++looks > 1 =>
                Store.Item(("orderId", "o1"), ("state", "reserved"), ("lines", new JsonObject { ["M"] = Store.Attributes(("A", 2)) })),
            { Operation: "TransactWriteItems" } when looks == 1 => Store.Cancelled(Store.Reason("ConditionalCheckFailed")),
            _ => null,
        });
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        var answer = await processor.Http.DeleteAsync("/reservations/o1", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("ADD available :quantity", store.Writes[^1].Body["TransactItems"]![1]!["Update"]!["UpdateExpression"]!.GetValue<string>());
    }
    [Fact]
    public async Task Releasing_a_short_reservation_gives_nothing_back()
    {
        await using var store = await Store.StartAsync(call => call is { Operation: "GetItem", Table: "reservations" }
            ? new() { ["Item"] = Record("short", quantityOfB: 3) }
            : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        var answer = await processor.Http.DeleteAsync("/reservations/o1", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var update = Assert.Single(store.Writes.Single().Body["TransactItems"]!.AsArray())!["Update"]!;
        Assert.Equal("reservations", update["TableName"]!.GetValue<string>());
        Assert.Equal("released", update["ExpressionAttributeValues"]![":released"]!["S"]!.GetValue<string>());
        Assert.Equal("short", update["ExpressionAttributeValues"]![":state"]!["S"]!.GetValue<string>());
    }

    private static bool Takes(StoreCall call) => call.Operation == "TransactWriteItems" && call.Body["TransactItems"]!.AsArray().Count > 1;

    private static JsonObject ShortOfBoth() => Store.Cancelled(
        Store.Reason("None"),
        Store.Reason("ConditionalCheckFailed", Store.Attributes(("sku", "A"), ("available", 1))),
        Store.Reason("ConditionalCheckFailed"));

    private static JsonObject Record(string state, int quantityOfB) => Store.Attributes(
        ("orderId", "o1"), ("state", state), ("lines", new JsonObject { ["M"] = Store.Attributes(("A", 2), ("B", quantityOfB)) }));
}
