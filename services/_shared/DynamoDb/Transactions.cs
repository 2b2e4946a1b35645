using Amazon.DynamoDBv2.Model;

namespace Causeway.DynamoDb;

/// <summary>Writes all items or none.</summary>
public sealed class Transactions(Store store)
{
    public const string ConditionFailed = "ConditionalCheckFailed";

    /// <returns>
    /// Nothing when all was written; otherwise one reason per item, in the order of the items, and nothing was written. Each reason is
    /// <see cref="ConditionFailed"/> or `None`.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; the items may have been written or not.</exception>
    public async Task<IReadOnlyList<CancellationReason>> WriteAsync(IReadOnlyCollection<TransactWriteItem> items, CancellationToken stop)
    {
        // By its token DynamoDB recognises a transaction whose answer was lost. One that was cancelled is another when it is tried again.
        var token = NewToken();

        try
        {
            await store.CallAsync(
                async (dynamo, stop) =>
                {
                    try
                    {
                        return await dynamo.TransactWriteItemsAsync(
                            new TransactWriteItemsRequest { TransactItems = [.. items], ClientRequestToken = token }, stop);
                    }
                    catch (TransactionCanceledException)
                    {
                        token = NewToken();

                        throw;
                    }
                },
                stop);

            return [];
        }
        catch (TransactionCanceledException cancelled) when (IsDecided(cancelled))
        {
            return cancelled.CancellationReasons;
        }
    }

    /// <summary>
    /// Every condition was looked at: what did not fail would have been written. The condition of a busy item is not looked at, so that one which failed
    /// beside it is not the whole answer.
    /// </summary>
    private static bool IsDecided(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons is { Count: > 0 } reasons && reasons.All(reason => reason.Code is "None" or ConditionFailed);

    private static string NewToken() => Guid.NewGuid().ToString();
}
