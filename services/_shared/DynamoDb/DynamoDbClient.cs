using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Causeway.DynamoDb;

/// <summary>The SDK's client without the SDK's retries: <see cref="Store"/> decides on those, by one table and within the request's budget.</summary>
internal sealed class DynamoDbClient : AmazonDynamoDBClient
{
    /// <param name="measurement">What measures the calls; null: they are not.</param>
    public DynamoDbClient(AmazonDynamoDBConfig config, Measurement? measurement)
        : base(config)
    {
        // Around all that the pipeline does, since the constructor of the base has built it.
        if (measurement is not null)
        {
            RuntimePipeline.AddHandler(measurement.Handler());
        }
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new OnlyClock(Config)));
    }

    /// <summary>Leaves of the SDK's retries the one after it has corrected the clock, which takes the time from DynamoDB's answer.</summary>
    private sealed class OnlyClock(IClientConfig config) : StandardRetryPolicy(config)
    {
        public override bool RetryForException(IExecutionContext executionContext, Exception exception) => false;

        public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) => Task.FromResult(false);
    }
}
