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
        await using var store = await Store.StartAsync(call => call.Operation == "TransactWriteItems"
            ? Store.Cancelled(
                Store.Reason("None"),
                Store.Reason("ConditionalCheckFailed", Store.Attributes(("sku", "A"), ("available", 1))),
                Store.Reason("ConditionalCheckFailed"))
            : null);
        await using var processor = await ServiceProcess.ProcessorAsync(store.Url);

        var answer = await processor.PostAsync("/reservations", Reservation);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(
            """[{"sku":"A","requested":2,"available":1},{"sku":"B","requested":3,"available":0}]""",
            (await answer.JsonAsync())["short"]!.ToJsonString());
    }

    [Theory]
    [InlineData("reserved", 3, HttpStatusCode.OK)]
    [InlineData("reserved", 4, HttpStatusCode.UnprocessableEntity)]
    [InlineData("released", 3, HttpStatusCode.Conflict)]
    public async Task A_known_order_is_answered_from_its_record(string state, int quantityOfB, HttpStatusCode status)
    {
        await using var store = await Store.StartAsync(call => call.Operation == "TransactWriteItems"
            ? Store.Cancelled(
                Store.Reason("ConditionalCheckFailed", Store.Attributes(
                    ("orderId", "o1"), ("state", state), ("lines", new JsonObject { ["M"] = Store.Attributes(("A", 2), ("B", quantityOfB)) }))),
                Store.Reason("ConditionalCheckFailed"),
                Store.Reason("None"))
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
}
