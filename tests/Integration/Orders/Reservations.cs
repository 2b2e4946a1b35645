using Causeway.LoadScenarios.Orders;

namespace Causeway.Integration.Orders;

/// <summary>The processor's own promises, asked directly: it has no route from outside.</summary>
public sealed class Reservations(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<Answer> ReserveAsync(string order, params Line[] lines)
    {
        var body = Line.OrderJson("x", lines).Replace("\"customer\":\"x\"", $"\"orderId\":\"{order}\"", StringComparison.Ordinal);

        return await shop.SendAsync(HttpMethod.Post, "/reservations", body, Stop, to: await shop.ProcessorAsync(Stop));
    }

    private async Task<int> ReleaseAsync(string order) =>
        (await shop.SendAsync(HttpMethod.Delete, $"/reservations/{order}", null, Stop, to: await shop.ProcessorAsync(Stop))).Status;

    [Fact]
    public async Task A_reservation_repeated_takes_stock_once()
    {
        await shop.StockAsync("RES-1", 10, Stop);

        var first = await ReserveAsync("res-1", new Line("RES-1", 3));
        var again = await ReserveAsync("res-1", new Line("RES-1", 3));

        Assert.Equal((201, 200), (first.Status, again.Status));
        Assert.Equal(7, await shop.AvailableAsync("RES-1", Stop));
    }

    [Fact]
    public async Task A_reservation_with_other_lines_is_refused()
    {
        await shop.StockAsync("RES-2", 10, Stop);
        await ReserveAsync("res-2", new Line("RES-2", 3));

        Assert.Equal(422, (await ReserveAsync("res-2", new Line("RES-2", 4))).Status);
        Assert.Equal(7, await shop.AvailableAsync("RES-2", Stop));
    }

    [Fact]
    public async Task All_lines_are_reserved_or_none()
    {
        await shop.StockAsync("RES-3A", 10, Stop);
        await shop.StockAsync("RES-3B", 1, Stop);

        var answer = await ReserveAsync("res-3", new Line("RES-3A", 1), new Line("RES-3B", 2));

        Assert.Equal(409, answer.Status);
        Assert.Equal(["RES-3B"], answer.Body!["short"]!.AsArray().Select(line => (string)line!["sku"]!));
        Assert.Equal((10, 1), (await shop.AvailableAsync("RES-3A", Stop), await shop.AvailableAsync("RES-3B", Stop)));
    }

    [Fact]
    public async Task A_release_gives_back_once()
    {
        await shop.StockAsync("RES-4", 10, Stop);
        await ReserveAsync("res-4", new Line("RES-4", 3));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReleaseAsync("res-4")));

        Assert.All(statuses, status => Assert.Equal(204, status));
        Assert.Equal(10, await shop.AvailableAsync("RES-4", Stop));
    }

    [Fact]
    public async Task A_reservation_that_comes_after_its_release_is_refused()
    {
        await shop.StockAsync("RES-5", 10, Stop);

        Assert.Equal(204, await ReleaseAsync("res-5"));
        Assert.Equal(409, (await ReserveAsync("res-5", new Line("RES-5", 1))).Status);
        Assert.Equal(10, await shop.AvailableAsync("RES-5", Stop));
    }

    [Fact]
    public async Task An_unknown_sku_is_not_found() =>
        Assert.Equal(404, (await shop.SendAsync(HttpMethod.Get, "/inventory/NOWHERE", null, Stop, to: await shop.ProcessorAsync(Stop))).Status);
}
