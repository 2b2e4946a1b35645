using System.Threading.RateLimiting;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Services.Tests;

public sealed class BoundedQueueTests
{
    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fits_neither_the_places_nor_the_line_is_refused_at_once_and_the_rest_is_served()
    {
        await using var queue = new BoundedQueue(atOnce: 1, waiting: 1, clock);
        var first = await queue.AcquireAsync(1, Stop);
        var second = queue.AcquireAsync(1, Stop);
        using var third = await queue.AcquireAsync(1, Stop);

        Assert.True(first.IsAcquired);
        Assert.False(third.IsAcquired);
        Assert.False(second.IsCompleted);

        first.Dispose();
        using var served = await second;
        Assert.True(served.IsAcquired);
    }

    [Fact]
    public async Task None_waits_longer_than_the_limit()
    {
        await using var queue = new BoundedQueue(atOnce: 1, waiting: 1, clock);
        using var first = await queue.AcquireAsync(1, Stop);
        var second = queue.AcquireAsync(1, Stop).AsTask();

        clock.Advance(BoundedQueue.Longest);

        using RateLimitLease refused = await second;
        Assert.False(refused.IsAcquired);
    }
}
