using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Polly;
using Polly.Retry;

namespace Causeway.ServiceDefaults;

/// <summary>Writes all items or none, trying again while other transactions hold the same items.</summary>
public sealed class Transactions(IAmazonDynamoDB dynamo, TimeProvider clock)
{
    public const string ConditionFailed = "ConditionalCheckFailed";

    private static readonly HashSet<string> Busy = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

    private readonly ResiliencePipeline retries = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder()
                .Handle<TransactionCanceledException>(IsBusy)
                .Handle<TransactionInProgressException>(),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromMilliseconds(250),
            MaxRetryAttempts = 12,
        })
        .Build();

    /// <returns>
    /// Nothing when all was written; otherwise one reason per item, in the order of the items, and nothing was written. Each reason is
    /// <see cref="ConditionFailed"/> or `None`.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; the items may have been written or not.</exception>
    public async Task<IReadOnlyList<CancellationReason>> WriteAsync(IReadOnlyCollection<TransactWriteItem> items, CancellationToken stop)
    {
        try
        {
            await retries.ExecuteAsync(
                async (state, stop) => await state.dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [.. state.items] }, stop),
                (dynamo, items),
                stop);

            return [];
        }
        catch (TransactionCanceledException cancelled) when (IsDecided(cancelled))
        {
            return cancelled.CancellationReasons;
        }
    }

    /// <summary>Every condition was looked at: what did not fail would have been written.</summary>
    private static bool IsDecided(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons is { Count: > 0 } reasons && reasons.All(reason => reason.Code is "None" or ConditionFailed);

    /// <summary>The condition of a busy item is not looked at, so that one which failed beside it is not the whole answer.</summary>
    private static bool IsBusy(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons?.Any(reason => Busy.Contains(reason.Code)) is true;
}
