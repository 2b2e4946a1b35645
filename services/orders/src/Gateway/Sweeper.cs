using System.Diagnostics;
using Causeway.DynamoDb;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Orders.Gateway;

/// <summary>
/// Finds requests whose attempt died or never learnt the outcome, and gives their stock back. Runs in every replica; of those that
/// find the same request one wins.
/// </summary>
internal sealed partial class Sweeper(
    RequestStore requests, ProcessorClient processor, OrderMetrics metrics,
    IOptions<GatewayOptions> options, TimeProvider clock, Random random, ILogger<Sweeper> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);
    private static readonly ActivitySource Source = new("Orders.Gateway");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.Value.SweepInterval;

        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause * (0.5 + random.NextDouble()), clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            pause = await SweepAsync(stoppingToken) ? options.Value.SweepInterval : Min(pause * 2, LongestPause);
        }
    }

    /// <summary>Looks through all shards once. A fault with one request or shard does not keep the others from their stock.</summary>
    /// <returns>False when the store or the processor did not answer: look again, but not too soon.</returns>
    internal async Task<bool> SweepAsync(CancellationToken stop)
    {
        var allWell = true;

        for (var shard = 0; shard < RequestStore.Shards && !stop.IsCancellationRequested; shard++)
        {
            var current = shard;
            allWell &= await TryAsync($"shard {current}", () => SweepShardAsync(current, stop), stop);
        }

        return allWell;
    }

    private async Task<bool> SweepShardAsync(int shard, CancellationToken stop)
    {
        var allWell = true;

        await Parallel.ForEachAsync(
            requests.FindAbandonedAsync(shard, stop),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (id, stop) =>
            {
                if (!await TryAsync(id, () => CancelAsync(id, stop), stop))
                {
                    allWell = false;
                }
            });

        return allWell;
    }

    private async Task<bool> TryAsync(string what, Func<Task<bool>> work, CancellationToken stop)
    {
        RetryBudget.Begin();

        try
        {
            return await work();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception fault) when (StoreFaults.KindOf(fault) == FaultKind.Passing)
        {
            NoStore(what, fault.Message);
            return false;
        }
        catch (Exception fault)
        {
            // Whatever it is, the next round may fare better, and nothing else would give the stock back.
            Failed(what, fault);
            return false;
        }
    }

    private async Task<bool> CancelAsync(string id, CancellationToken stop)
    {
        if (await requests.FindAsync(id, stop) is not { SweepAfter: { } due } abandoned || due > clock.GetUtcNow()
            || await requests.TryCancelAsync(abandoned, RetryAfter, stop) is not { } cancelling)
        {
            return true;
        }

        using var activity = Source.StartActivity("orders.sweep");

        if (!await processor.ReleaseAsync(cancelling.OrderId, stop))
        {
            NotReleased(cancelling.OrderId);
            return false;
        }

        if (await requests.TryFinishCancelAsync(cancelling, stop))
        {
            metrics.Swept();
            Cancelled(cancelling.OrderId, abandoned.State);
        }

        return true;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(LogLevel.Warning, "Order {OrderId}: was {State} and abandoned; it is cancelled and holds no stock.")]
    private partial void Cancelled(string orderId, RequestState state);

    [LoggerMessage(LogLevel.Warning, "Order {OrderId}: the processor did not confirm that its stock is back; trying again.")]
    private partial void NotReleased(string orderId);

    [LoggerMessage(LogLevel.Warning, "Looking for abandoned requests ({What}): the store does not answer: {Why}")]
    private partial void NoStore(string what, string why);

    [LoggerMessage(LogLevel.Error, "Looking for abandoned requests ({What}) failed; trying again.")]
    private partial void Failed(string what, Exception fault);
}

internal static class SweeperFeature
{
    public static void AddSweeper(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Random.Shared);
        builder.Services.AddSingleton<Sweeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Sweeper>());
    }
}
