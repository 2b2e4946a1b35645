using System.Diagnostics;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Orders.Gateway;

/// <param name="Replayed">Whether the order was decided by an earlier request with the same key.</param>
internal sealed record Placed(StoredOrder Stored, bool Replayed);

/// <summary>
/// Places an order in two writes to two services that share no transaction: the processor's reservation and our record. The intent is
/// written first, so whatever is interrupted is found by the sweeper and undone, unless the client comes back and it is completed.
/// </summary>
internal sealed partial class Placement(
    RequestStore requests, OrderStore orders, ProcessorClient processor, OrderMetrics metrics,
    IOptions<GatewayOptions> options, TimeProvider clock, ILogger<Placement> logger)
{
    private const int MaxRaces = 5;
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(2);

    /// <summary>Works under the attempt's own deadline: a client that hangs up does not stop it half way.</summary>
    /// <param name="requestId">`customer#key`.</param>
    /// <exception cref="ProblemException">409: in progress. 422: the key belongs to another body. 503: try again.</exception>
    public async Task<Placed> PlaceAsync(string requestId, PlaceOrder order)
    {
        using var deadline = new CancellationTokenSource(options.Value.Lease, clock);
        var hash = order.Hash();

        for (var race = 0; race < MaxRaces; race++)
        {
            if (await requests.TryBeginAsync(requestId, hash, deadline.Token) is { } begun)
            {
                return await AttemptAsync(begun, order, deadline.Token);
            }

            var existing = await requests.FindAsync(requestId, deadline.Token);

            var decision = existing?.Decide(hash, clock.GetUtcNow()) ?? new Decision.Begin();

            if (decision is Decision.TakeOver or Decision.BeginAsNewOrder)
            {
                if (await requests.TryTakeOverAsync(existing!, asNewOrder: decision is Decision.BeginAsNewOrder, deadline.Token) is { } taken)
                {
                    TookOver(taken.OrderId, taken.Attempt, existing!.State);
                    return await AttemptAsync(taken, order, deadline.Token);
                }
            }
            else if (decision is not Decision.Begin)
            {
                return await AnswerAsync(decision, deadline.Token);
            }
        }

        throw InProgress();
    }

    private async Task<Placed> AttemptAsync(OrderRequest request, PlaceOrder order, CancellationToken stop)
    {
        switch (await processor.ReserveAsync(request.OrderId, order.Lines, stop))
        {
            case ReserveOutcome.Reserved:
                return await StoreAsync(request, order, OrderStatus.Accepted, lines: null, stop);

            case ReserveOutcome.Short(var lines):
                return await StoreAsync(request, order, OrderStatus.Rejected, lines, stop);

            case ReserveOutcome.Unknown(var why):
                NoAnswer(request.OrderId, why);
                await LeaveAsync(request);
                throw Problem.Unavailable("Stock could not be reserved in time. Nothing is lost: send the same request again.", options.Value.Grace / 3);

            case ReserveOutcome.Failed(var why):
                await LeaveAsync(request);
                throw new ProblemException(Problem.Of(
                    500, "processor-failed", "The order could not be processed.", "It would fail again. Nothing was ordered, and any stock is given back."),
                    new InvalidOperationException($"Order {request.OrderId}: the processor failed: {why}."));

            default:
                return await AnswerFromPresentAsync(request, stop);
        }
    }

    private async Task<Placed> StoreAsync(
        OrderRequest request, PlaceOrder order, OrderStatus status, IReadOnlyList<ShortLine>? lines, CancellationToken stop)
    {
        var stored = new StoredOrder(
            new Order(request.OrderId, order.Customer, status, order.Lines, clock.GetUtcNow().UtcDateTime, lines),
            Activity.Current?.TraceId.ToHexString() ?? request.OrderId);

        if (!await orders.TryStoreAsync(stored, request, stop))
        {
            return await AnswerFromPresentAsync(request, stop);
        }

        metrics.Placed(status);
        return new Placed(stored, Replayed: false);
    }

    /// <summary>
    /// Whether stock was taken is unknown. The client may come back; if it does not, the order is cancelled rather than completed, because the client
    /// would not know of it.
    /// </summary>
    private async Task LeaveAsync(OrderRequest request)
    {
        // The attempt's own deadline may be what has just run out.
        using var deadline = new CancellationTokenSource(RetrySoon, clock);
        await requests.TryLeaveAsync(request, deadline.Token);
    }

    /// <summary>This attempt has been fenced: whatever it knows is out of date, and it must not write any more.</summary>
    private async Task<Placed> AnswerFromPresentAsync(OrderRequest request, CancellationToken stop)
    {
        Fenced(request.OrderId, request.Attempt);
        var present = await requests.FindAsync(request.Id, stop);
        return await AnswerAsync(present?.Decide(request.BodyHash, clock.GetUtcNow()), stop);
    }

    private async Task<Placed> AnswerAsync(Decision? decision, CancellationToken stop) => decision switch
    {
        Decision.Replay(var orderId) => new Placed(
            await orders.FindAsync(orderId, stop) ?? throw new UnreachableException($"Request done without order {orderId}."), Replayed: true),
        Decision.Refuse => throw new ProblemException(Problem.Of(
            422, "idempotency-key-reused", "The Idempotency-Key was used for another order.", "Idempotency-Key belongs to a request with another body.")),
        _ => throw InProgress(),
    };

    private static ProblemException InProgress() =>
        new(Problem.Of(
            409, "request-in-progress", "The same request is still being worked on.", "Send it again in a moment: the answer is its result."))
        {
            RetryAfter = RetrySoon,
        };

    [LoggerMessage(LogLevel.Information, "Order {OrderId}: attempt {Attempt} takes over what was {State}.")]
    private partial void TookOver(string orderId, long attempt, RequestState state);

    [LoggerMessage(LogLevel.Warning, "Order {OrderId}: the processor's answer is unknown: {Why}")]
    private partial void NoAnswer(string orderId, string why);

    [LoggerMessage(LogLevel.Warning, "Order {OrderId}: attempt {Attempt} was overtaken and writes nothing.")]
    private partial void Fenced(string orderId, long attempt);
}
