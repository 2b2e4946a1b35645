using Amazon.DynamoDBv2;
using Causeway.ServiceDefaults;
using Polly;
using Polly.Retry;

namespace Causeway.DynamoDb;

/// <summary>Calls DynamoDB, and tries again what may pass, within the request's budget.</summary>
public sealed class Store(IAmazonDynamoDB dynamo, TimeProvider clock)
{
    private readonly ResiliencePipeline retries = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = static args => new(
                args.Outcome.Exception is { } fault
                && !args.Context.CancellationToken.IsCancellationRequested
                && StoreFaults.KindOf(fault) == FaultKind.Passing
                && RetryBudget.TryTake()),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromMilliseconds(250),
            MaxRetryAttempts = RetryBudget.PerRequest,
        })
        .Build();

    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; what the call writes may have been written or not.</exception>
    public async Task<T> CallAsync<T>(Func<IAmazonDynamoDB, CancellationToken, Task<T>> call, CancellationToken stop) =>
        await retries.ExecuteAsync(
            static async (state, stop) => await state.call(state.dynamo, stop),
            (call, dynamo),
            stop);
}
