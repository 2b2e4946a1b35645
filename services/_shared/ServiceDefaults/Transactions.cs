using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Polly;
using Polly.Retry;

namespace Causeway.ServiceDefaults;

/// <summary>Writes all items or none, trying again while other transactions hold the same items.</summary>
public sealed class Transactions(IAmazonDynamoDB dynamo, TimeProvider clock)
{
    public const string ConditionFailed = "ConditionalCheckFailed";

    private readonly ResiliencePipeline retries = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder()
                .Handle<TransactionCanceledException>(IsPassing)
                .Handle<TransactionInProgressException>(),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromMilliseconds(250),
            MaxRetryAttempts = 12,
        })
        .Build();

    /// <returns>Nothing when all was written; otherwise one reason per item, in the order of the items, and nothing was written.</returns>
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

    private static bool IsDecided(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons?.Any(reason => reason.Code == ConditionFailed) is true;

    /// <summary>Every item that stood in the way was only busy.</summary>
    private static bool IsPassing(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons?.All(
            reason => reason.Code is "None" or "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded") is true;
}
