using System.Collections.Concurrent;

namespace Causeway.Integration.Orders;

/// <summary>More load than there is capacity costs the part that is too much, and not the rest.</summary>
public sealed class Overload(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_times_the_load_that_saturates_keeps_most_of_the_capacity()
    {
        const int Saturating = 32;
        await shop.StockAsync("LOAD", 10, Stop);
        var id = (string)(await shop.PlaceUntilAnsweredAsync("load", "load", [new("LOAD", 1)], Stop)).Body!["id"]!;
        var (good, goodAtFour) = (0, 0);
        var refused = new ConcurrentBag<Answer>();
        await ReadAsync(id, Saturating, refused); // warm

        // Both loads take turns, so that whatever else the machine does meets both.
        for (var round = 0; round < 3; round++)
        {
            good += await ReadAsync(id, Saturating, refused);
            goodAtFour += await ReadAsync(id, 4 * Saturating, refused);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"answered 200: {good} at {Saturating} clients, {goodAtFour} at {4 * Saturating} ({100.0 * goodAtFour / good:0} %); refused: {refused.Count}");
        Assert.True(good > 100, $"Only {good} requests were answered: the test proves too little.");
        Assert.True(goodAtFour >= 0.7 * good, $"{goodAtFour} of {good} remain.");
        Assert.All(refused, answer => Assert.Equal((503, true), (answer.Status, answer.Header("Retry-After") is not null)));
    }

    /// <summary>So many clients read an order again and again for three seconds; returns how many answers were 200.</summary>
    private async Task<int> ReadAsync(string id, int clients, ConcurrentBag<Answer> refused)
    {
        var started = TimeProvider.System.GetTimestamp();
        var answered = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var good = 0;

            while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
            {
                var answer = await shop.GetAsync($"/orders/{id}", Stop);

                if (answer.Status == 200)
                {
                    good++;
                }
                else
                {
                    refused.Add(answer);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), Stop);
                }
            }

            return good;
        }));

        return answered.Sum();
    }
}
