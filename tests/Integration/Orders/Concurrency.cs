namespace Causeway.Integration.Orders;

/// <summary>What holds however many requests come at once.</summary>
public sealed class Concurrency(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_identical_requests_at_once_make_one_order()
    {
        await shop.StockAsync("SAME", 1000, Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.PlaceAsync("parallel", "same", [new("SAME", 2)], Stop)));

        var ids = answers.Where(answer => answer.Status == 201).Select(answer => (string?)answer.Body!["id"]).Distinct().ToArray();
        Assert.Single(ids);
        Assert.All(answers.Where(answer => answer.Status != 201), answer =>
        {
            Assert.Equal(409, answer.Status);
            Assert.NotNull(answer.Header("Retry-After"));
        });
        Assert.Equal(998, await shop.AvailableAsync("SAME", Stop));
        Assert.Single((await shop.GetAsync("/orders?customer=parallel", Stop)).Body!["orders"]!.AsArray());
    }

    [Fact]
    public async Task Two_hundred_orders_for_the_last_hundred_pieces_sell_exactly_a_hundred()
    {
        await shop.StockAsync("LAST", 100, Stop);

        // 503 is an honest answer under load: the caller repeats the request with the same key, as the answer tells it to.
        var statuses = await Task.WhenAll(Enumerable.Range(0, 200).Select(async customer =>
            (await shop.PlaceUntilAnsweredAsync($"last-{customer}", "only", [new("LAST", 1)], Stop)).Status));

        Assert.Equal((100, 100), (statuses.Count(status => status == 201), statuses.Count(status => status == 409)));
        Assert.Equal(0, await shop.AvailableAsync("LAST", Stop));
    }

    [Fact]
    public async Task A_hundred_orders_over_the_same_lines_in_any_order_all_succeed()
    {
        await shop.StockAsync("MIX-A", 100, Stop);
        await shop.StockAsync("MIX-B", 100, Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            shop.PlaceUntilAnsweredAsync("mixer", $"mix-{i}", i % 2 == 0 ? [new("MIX-A", 1), new("MIX-B", 1)] : [new("MIX-B", 1), new("MIX-A", 1)], Stop)));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Equal((0, 0), (await shop.AvailableAsync("MIX-A", Stop), await shop.AvailableAsync("MIX-B", Stop)));
    }

    [Fact]
    public async Task An_adjustment_with_the_same_id_is_applied_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.StockAsync("ADJUST", 7, Stop, "delivery-1")));

        Assert.Equal(7, await shop.AvailableAsync("ADJUST", Stop));
    }

    [Fact]
    public async Task Adjustments_never_take_stock_below_zero()
    {
        await shop.StockAsync("FLOOR", 10, Stop);
        var processor = await shop.ProcessorAsync(Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            shop.SendAsync(HttpMethod.Post, "/inventory/FLOOR/adjustments", $$"""{"id":"take-{{i}}","delta":-1}""", Stop, to: processor)));

        Assert.Equal((10, 10), (answers.Count(answer => answer.Status is 200 or 201), answers.Count(answer => answer.Status == 409)));
        Assert.Equal(0, await shop.AvailableAsync("FLOOR", Stop));
    }

    [Fact]
    public async Task The_same_adjustment_id_with_another_delta_is_refused()
    {
        await shop.StockAsync("DELTA", 7, Stop, "delivery-2");

        var other = await shop.SendAsync(
            HttpMethod.Post, "/inventory/DELTA/adjustments", """{"id":"delivery-2","delta":8}""", Stop, to: await shop.ProcessorAsync(Stop));

        Assert.Equal(422, other.Status);
        Assert.Equal(7, await shop.AvailableAsync("DELTA", Stop));
    }
}
