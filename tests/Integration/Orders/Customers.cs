using System.Collections.Concurrent;

namespace Causeway.Integration.Orders;

/// <summary>Customers who place one order after another through the edge, each repeating a request with the same key until it is answered for good.</summary>
internal sealed class Customers : IAsyncDisposable
{
    private readonly Shop shop;
    private readonly string sku;
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentBag<string> accepted = [];
    private readonly ConcurrentBag<string> troubles = [];
    private readonly Task[] working;
    private int answered;

    public Customers(Shop shop, string sku, int count)
    {
        this.shop = shop;
        this.sku = sku;
        working = [.. Enumerable.Range(0, count).Select(OrderAsync)];
    }

    /// <summary>How many orders were answered for good.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>Every answer other than 201, and every connection that broke.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;

    /// <summary>Waits until <paramref name="more"/> further orders were answered.</summary>
    public async Task AfterAsync(int more, CancellationToken stop)
    {
        var target = Answered + more;
        await Eventually.TrueAsync(
            $"{more} more orders", TimeSpan.FromSeconds(60), () => Task.FromResult(Answered >= target || working.Any(task => task.IsFaulted)), stop);
    }

    /// <summary>Lets every customer finish the order it is at; returns the ids of all accepted orders.</summary>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(working);

        return accepted;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ending.Dispose();
    }

    private async Task OrderAsync(int customer)
    {
        var stop = TestContext.Current.CancellationToken;
        var started = TimeProvider.System.GetTimestamp();

        for (var order = 0; !ending.IsCancellationRequested; order++)
        {
            while (true)
            {
                try
                {
                    var answer = await shop.PlaceAsync($"{sku.ToLowerInvariant()}-{customer}", $"{order}", [new(sku, 1)], stop);

                    if (answer.Status == 201)
                    {
                        accepted.Add((string)answer.Body!["id"]!);
                        break;
                    }

                    troubles.Add($"{answer.Status} {answer.Text}");
                }
                catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
                {
                    troubles.Add(broken.Message);
                }

                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(3), $"Customer {customer} waits for ever: {troubles.Last()}");
                await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            }

            Interlocked.Increment(ref answered);
        }
    }
}
