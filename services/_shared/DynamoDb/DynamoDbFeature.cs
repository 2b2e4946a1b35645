using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Causeway.DynamoDb;

/// <summary>What a service needs to keep its data in DynamoDB.</summary>
public static class DynamoDbFeature
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Region, endpoint and credentials come from the SDK's usual places: AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB, the default chain.</summary>
    public static void AddDynamoDb(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DynamoDbOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DynamoDbOptions>, DynamoDbOptionsValidator>();

        // Enough connections to keep the store busy; more would only make all of them slow when it is.
        builder.Services.AddSingleton<IAmazonDynamoDB>(services => new DynamoDbClient(
            Configure(services.GetRequiredService<IOptions<DynamoDbOptions>>().Value, connections: 32), services.GetRequiredService<Measurement>()));
        builder.Services.AddSingleton<Measurement>();
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(Measurement.Meter));
        builder.Services.AddSingleton<Store>();
        builder.Services.AddSingleton<Transactions>();
        builder.Services.AddSingleton<IFaultTable, StoreFaults>();
    }

    /// <summary>
    /// Makes readiness depend on tables. They are asked over connections of their own, so that the answer does not wait behind the traffic, and for one item
    /// that does not exist, for which the right to read is enough. They are not measured: they are not what a request waits for.
    /// </summary>
    /// <param name="tables">Each table's name in this environment and the attributes of its key.</param>
    public static void AddTablesToReadiness(this WebApplicationBuilder builder, Func<IServiceProvider, IEnumerable<(string Table, string[] Key)>> tables)
    {
        builder.Services.AddKeyedSingleton<IAmazonDynamoDB>(
            typeof(DynamoDbFeature),
            (services, _) => new DynamoDbClient(Configure(services.GetRequiredService<IOptions<DynamoDbOptions>>().Value, connections: 4), measurement: null));
        builder.AddDependency("dynamodb", (services, stop) =>
        {
            var dynamo = services.GetRequiredKeyedService<IAmazonDynamoDB>(typeof(DynamoDbFeature));

            return Task.WhenAll(tables(services).Select(table => dynamo.GetItemAsync(
                new GetItemRequest { TableName = table.Table, Key = table.Key.ToDictionary(attribute => attribute, _ => new AttributeValue("-")) }, stop)));
        });
    }

    private static AmazonDynamoDBConfig Configure(DynamoDbOptions options, int connections)
    {
        var config = new AmazonDynamoDBConfig
        {
            ConnectTimeout = Patience / 2,
            Timeout = Patience,
            MaxConnectionsPerServer = connections,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 1, // which DynamoDbClient leaves for correcting the clock
        };

        if (options.Endpoint is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = options.Region;
        }

        return config;
    }
}
