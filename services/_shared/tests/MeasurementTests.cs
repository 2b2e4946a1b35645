using System.Diagnostics.Metrics;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Causeway.DynamoDb;
using Causeway.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causeway.Services.Tests;

/// <summary>What is measured of calls to DynamoDB: the SDK's client calls a server that answers as DynamoDB does.</summary>
public sealed class MeasurementTests : IAsyncLifetime
{
    private const string Throttled = "ProvisionedThroughputExceededException";

    private readonly Queue<(HttpStatusCode Status, string Body)> answers = [];
    private readonly List<(string Instrument, string? Unit, SortedDictionary<string, object?> Tags)> measured = [];
    private readonly MeterListener listener = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WebApplication server = NewServer();
    private DynamoDbClient client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server.Run(http =>
        {
            var (status, body) = answers.Dequeue();
            http.Response.StatusCode = (int)status;
            http.Response.ContentType = "application/x-amz-json-1.0";

            return http.Response.WriteAsync(body);
        });
        await server.StartAsync(Stop);

        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, _, tags, _) => measured.Add((instrument.Name, instrument.Unit, new(tags.ToArray().ToDictionary()))));
        listener.Start();

        var config = new AmazonDynamoDBConfig
        {
            ServiceURL = server.Urls.Single(),
            AuthenticationRegion = "eu-central-1",
            DefaultAWSCredentials = new BasicAWSCredentials("a", "b"),
        };
        client = new DynamoDbClient(config, new Measurement(meters));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        listener.Dispose();
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_call_is_measured_in_seconds_with_its_operation_and_its_table()
    {
        Answer("{}");
        await client.GetItemAsync(new GetItemRequest { TableName = "stock", Key = Attributes.Key("id", "1") }, Stop);

        var (instrument, unit, tags) = Assert.Single(measured);
        Assert.Equal(("db.client.operation.duration", "s"), (instrument, unit));
        Assert.Equal("db.collection.name=stock, db.operation.name=GetItem, db.system.name=aws.dynamodb", Text(tags));
    }

    [Fact]
    public async Task A_refused_call_is_measured_once_with_the_code_of_the_answer()
    {
        Refuse(Throttled);
        await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => PutAsync(client, Stop));

        Assert.Equal(
            $"db.collection.name=stock, db.operation.name=PutItem, db.system.name=aws.dynamodb, error.type={Throttled}", Text(Assert.Single(measured).Tags));
    }

    [Theory]
    [InlineData("ThrottlingError", """[{"Code":"None"},{"Code":"ThrottlingError"},{"Code":"ConditionalCheckFailed"}]""")]
    [InlineData("TransactionCanceledException", """[{"Code":"None"}]""")]
    [InlineData("TransactionCanceledException", "[]")]
    public async Task A_cancelled_transaction_is_measured_without_a_table_and_with_its_first_reason(string error, string reasons)
    {
        Refuse("TransactionCanceledException", $",\"CancellationReasons\":{reasons}");
        await Assert.ThrowsAsync<TransactionCanceledException>(() => client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems = [new TransactWriteItem { Delete = new Delete { TableName = "stock", Key = Attributes.Key("id", "1") } }],
            },
            Stop));

        Assert.Equal($"db.operation.name=TransactWriteItems, db.system.name=aws.dynamodb, error.type={error}", Text(Assert.Single(measured).Tags));
    }

    [Fact]
    public async Task A_call_without_an_answer_is_measured_with_the_exceptions_class()
    {
        await server.StopAsync(Stop);
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(client, Stop));

        Assert.Equal(fault.GetType().Name, Assert.Single(measured).Tags["error.type"]);
    }

    [Fact]
    public async Task A_call_that_is_tried_again_is_measured_again_so_that_throttling_shows_although_it_succeeds()
    {
        RetryBudget.Begin();
        Refuse(Throttled);
        Answer("{}");
        await new Store(client, TimeProvider.System).CallAsync(PutAsync, Stop);

        Assert.Equal([Throttled, null], measured.Select(one => one.Tags.GetValueOrDefault("error.type")));
    }

    private static Task<PutItemResponse> PutAsync(IAmazonDynamoDB dynamo, CancellationToken stop) =>
        dynamo.PutItemAsync(new PutItemRequest { TableName = "stock", Item = Attributes.Key("id", "1") }, stop);

    private void Answer(string body) => answers.Enqueue((HttpStatusCode.OK, body));

    // As DynamoDB writes errors (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
    private void Refuse(string code, string more = "") =>
        answers.Enqueue((HttpStatusCode.BadRequest, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{code}}","message":"m"{{more}}}"""));

    private static string Text(SortedDictionary<string, object?> tags) => string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private static WebApplication NewServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");

        return builder.Build();
    }
}
