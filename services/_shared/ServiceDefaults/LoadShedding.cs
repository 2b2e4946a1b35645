using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>
/// What is too much is refused at once with 503 and Retry-After, so that what is accepted can be done in time. Each route has places of its own: a route
/// that waits for a slow dependency takes none from the others. The management port has no limit.
/// </summary>
internal static class LoadShedding
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void AddLoadShedding(this WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(static _ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<ServiceOptions>, TimeProvider>((limits, options, clock) =>
        {
            limits.OnRejected = (rejected, _) => new ValueTask(Problem.WriteAsync(rejected.HttpContext, Overloaded(), RetryAfter));
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, object>(http =>
                http.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<ManagementEndpoint>() is null
                    ? RateLimitPartition.Get<object>(route, _ => new BoundedQueue(options.Value.RequestsAtOnce, options.Value.RequestsWaiting, clock))
                    : RateLimitPartition.GetNoLimiter<object>("unlimited"));
        });
    }

    private static Microsoft.AspNetCore.Mvc.ProblemDetails Overloaded() => Problem.Of(
        StatusCodes.Status503ServiceUnavailable,
        "overloaded",
        "The service has more requests than it can answer.",
        "Nothing was done: send the same request again.");
}

/// <summary>A limit of requests at once, with a line of limited length before it in which none waits longer than <see cref="Longest"/>.</summary>
internal sealed class BoundedQueue(int atOnce, int waiting, TimeProvider clock) : RateLimiter
{
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(0.8);

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = atOnce,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public override TimeSpan? IdleDuration => limiter.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => limiter.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => limiter.AttemptAcquire(permitCount);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        // What need not wait needs no timer.
        limiter.AttemptAcquire(permitCount) is { IsAcquired: true } lease ? new(lease) : WaitAsync(permitCount, cancellationToken);

    private async ValueTask<RateLimitLease> WaitAsync(int permitCount, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);

        try
        {
            return await limiter.AcquireAsync(permitCount, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TooLong();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            limiter.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class TooLong : RateLimitLease
    {
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;

            return false;
        }
    }
}
