using System.Text.Json.Nodes;
using Causeway.LoadScenarios.Orders;

namespace Causeway.Integration.Orders;

/// <summary>What a customer of the gateway sees when all is well, and when stock is not.</summary>
public sealed class PlacingOrders(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_created_and_can_be_read_back()
    {
        await shop.StockAsync("PLACE-1", 5, Stop);

        var placed = await shop.PlaceAsync("anna", "place-1", [new("PLACE-1", 2)], Stop);
        var read = await shop.GetAsync($"/orders/{placed.Body!["id"]}", Stop);

        Assert.Equal(201, placed.Status);
        Assert.Equal($"/orders/{placed.Body["id"]}", placed.Message.Headers.Location?.ToString());
        Assert.Equal("accepted", (string?)placed.Body["status"]);
        Assert.Equal(200, read.Status);
        Assert.True(JsonNode.DeepEquals(placed.Body, read.Body), read.Text);
        Assert.Equal(3, await shop.AvailableAsync("PLACE-1", Stop));
    }

    [Fact]
    public async Task The_same_request_again_is_answered_with_the_same_order()
    {
        await shop.StockAsync("PLACE-2", 5, Stop);

        var first = await shop.PlaceAsync("anna", "place-2", [new("PLACE-2", 2)], Stop);
        var again = await shop.SendAsync(
            HttpMethod.Post, "/orders", """ { "lines" : [ {"quantity":2, "sku":"PLACE-2"} ], "customer" : "anna" } """, Stop, "place-2");

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.True(JsonNode.DeepEquals(first.Body, again.Body), again.Text);
        Assert.Equal(3, await shop.AvailableAsync("PLACE-2", Stop));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await shop.StockAsync("PLACE-3", 5, Stop);
        await shop.PlaceAsync("anna", "place-3", [new("PLACE-3", 2)], Stop);

        var other = await shop.PlaceAsync("anna", "place-3", [new("PLACE-3", 1)], Stop);

        Assert.Equal(422, other.Status);
        Assert.Equal("application/problem+json", other.MediaType);
        Assert.Equal(3, await shop.AvailableAsync("PLACE-3", Stop));
    }

    [Fact]
    public async Task A_key_belongs_to_one_customer()
    {
        await shop.StockAsync("PLACE-4", 5, Stop);

        var anna = await shop.PlaceAsync("anna", "place-4", [new("PLACE-4", 1)], Stop);
        var bert = await shop.PlaceAsync("bert", "place-4", [new("PLACE-4", 2)], Stop);

        Assert.Equal((201, 201), (anna.Status, bert.Status));
        Assert.NotEqual((string?)anna.Body!["id"], (string?)bert.Body!["id"]);
        Assert.Equal(2, await shop.AvailableAsync("PLACE-4", Stop));
    }

    [Fact]
    public async Task An_order_that_is_short_takes_nothing_and_stays_rejected()
    {
        await shop.StockAsync("PLACE-5A", 5, Stop);
        await shop.StockAsync("PLACE-5B", 1, Stop);
        Line[] lines = [new("PLACE-5A", 2), new("PLACE-5B", 2), new("PLACE-5C", 1)];

        var rejected = await shop.PlaceAsync("anna", "place-5", lines, Stop);
        await shop.StockAsync("PLACE-5B", 10, Stop, "restock");
        var again = await shop.PlaceAsync("anna", "place-5", lines, Stop);
        var id = (string?)rejected.Body!["order"]?["id"] ?? (string?)rejected.Body["id"];
        var read = await shop.GetAsync($"/orders/{id}", Stop);

        Assert.Equal(409, rejected.Status);
        Assert.Equal("application/problem+json", rejected.MediaType);
        Assert.Contains("PLACE-5B", rejected.Text, StringComparison.Ordinal);
        Assert.Contains("PLACE-5C", rejected.Text, StringComparison.Ordinal);
        Assert.Equal(409, again.Status);
        Assert.Equal("rejected", (string?)read.Body!["status"]);
        Assert.Equal(["PLACE-5B", "PLACE-5C"], read.Body["short"]!.AsArray().Select(line => (string)line!["sku"]!).Order());
        Assert.Equal(id, (string?)again.Body!["order"]?["id"] ?? (string?)again.Body["id"]);
        Assert.Equal((5, 11), (await shop.AvailableAsync("PLACE-5A", Stop), await shop.AvailableAsync("PLACE-5B", Stop)));
    }

    [Fact]
    public async Task An_unknown_order_is_not_found()
    {
        var answer = await shop.GetAsync("/orders/0190a000-0000-7000-8000-000000000000", Stop);

        Assert.Equal((404, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Orders_of_a_customer_come_in_pages_newest_first()
    {
        await shop.StockAsync("PLACE-6", 100, Stop);
        var placed = new List<string>();

        for (var i = 0; i < 7; i++)
        {
            placed.Add((string)(await shop.PlaceAsync("pager", $"place-6-{i}", [new("PLACE-6", 1)], Stop)).Body!["id"]!);
        }

        var listed = new List<string>();
        var pages = 0;

        for (string? page = ""; page is not null; pages++)
        {
            var answer = await shop.GetAsync($"/orders?customer=pager&limit=3{(page is "" ? "" : $"&page={Uri.EscapeDataString(page)}")}", Stop);
            Assert.Equal(200, answer.Status);
            listed.AddRange(answer.Body!["orders"]!.AsArray().Select(order => (string)order!["id"]!));
            page = (string?)answer.Body["next"];
        }

        placed.Reverse();
        Assert.Equal(placed, listed);
        Assert.InRange(pages, 3, 4);
    }

    [Fact]
    public async Task The_processor_has_no_route_from_outside()
    {
        foreach (var path in new[] { "/inventory/WIDGET", "/reservations", "/healthz/ready", "/openapi/v1.json" })
        {
            Assert.Equal(404, (await shop.GetAsync(path, Stop)).Status);
        }
    }
}
