using System.Diagnostics;
using System.Diagnostics.Metrics;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Causeway.DynamoDb;

/// <summary>
/// Measures every call of the client as OpenTelemetry's conventions for databases name it
/// (https://opentelemetry.io/docs/specs/semconv/database/database-metrics/): <c>db.client.operation.duration</c>, in seconds. A call that is tried again is
/// another call, so that throttling shows although a later attempt succeeds.
/// </summary>
internal sealed class Measurement
{
    /// <summary>The meter's name.</summary>
    public const string Meter = "Causeway.DynamoDb";

    private readonly Histogram<double> duration;

    public Measurement(IMeterFactory meters) =>
        duration = meters.Create(Meter).CreateHistogram(
            "db.client.operation.duration",
            "s",
            "Duration of calls of the database.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });

    /// <summary>The part of the client's pipeline that measures.</summary>
    public PipelineHandler Handler() => new Measured(this);

    /// <summary>What an error is called: DynamoDB's code, the first reason of a cancelled transaction, or the exception's class.</summary>
    internal static string NameOf(Exception fault) => fault switch
    {
        TransactionCanceledException cancelled when cancelled.CancellationReasons?.Find(reason => reason.Code is not "None") is { } reason => reason.Code,
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => code,
        _ => fault.GetType().Name,
    };

    private static string? TableOf(AmazonWebServiceRequest request) => request switch
    {
        GetItemRequest get => get.TableName,
        QueryRequest query => query.TableName,
        ScanRequest scan => scan.TableName,
        PutItemRequest put => put.TableName,
        UpdateItemRequest update => update.TableName,
        DeleteItemRequest delete => delete.TableName,
        _ => null, // a transaction or a batch, which may be about several
    };

    private void Record(IRequestContext context, long started, Exception? fault)
    {
        var tags = new TagList
        {
            { "db.system.name", "aws.dynamodb" },
            { "db.operation.name", context.RequestName.Replace("Request", "", StringComparison.Ordinal) },
        };

        if (TableOf(context.OriginalRequest) is { } table)
        {
            tags.Add("db.collection.name", table);
        }

        if (fault is not null)
        {
            tags.Add("error.type", NameOf(fault));
        }

        duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
    }

    private sealed class Measured(Measurement measurement) : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var started = Stopwatch.GetTimestamp();

            try
            {
                var answer = await base.InvokeAsync<T>(executionContext);
                measurement.Record(executionContext.RequestContext, started, null);

                return answer;
            }
            catch (Exception fault)
            {
                measurement.Record(executionContext.RequestContext, started, fault);

                throw;
            }
        }
    }
}
