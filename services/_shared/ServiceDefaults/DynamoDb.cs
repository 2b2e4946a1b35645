using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Causeway.ServiceDefaults;

/// <summary>One DynamoDB client per process, with timeouts short enough for a request to be answered in time.</summary>
public static class DynamoDb
{
    private static readonly HashSet<string> Passing =
    [
        "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "LimitExceededException",
        "TransactionCanceledException", "TransactionConflictException", "TransactionInProgressException", "InternalServerError", "RequestTimeout",
    ];

    /// <summary>Region, endpoint and credentials come from the SDK's usual places: AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB, the default chain.</summary>
    public static void AddDynamoDb(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonDynamoDB>(services => new AmazonDynamoDBClient(Configure(services.GetRequiredService<IConfiguration>())));
        builder.Services.AddSingleton<Transactions>();
    }

    /// <summary>Throws unless <paramref name="table"/> answers. Reads one item that does not exist, for which the right to read is enough.</summary>
    public static Task ReachAsync(this IAmazonDynamoDB dynamo, string table, ReadOnlySpan<string> key, CancellationToken stop)
    {
        var nothing = new Dictionary<string, AttributeValue>();

        foreach (var attribute in key)
        {
            nothing[attribute] = new AttributeValue("-");
        }

        return dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = nothing }, stop);
    }

    /// <summary>Whether <paramref name="fault"/> says that the store is out of reach or overloaded, and not that the request was wrong.</summary>
    public static bool IsUnavailable(Exception fault) => fault switch
    {
        AmazonServiceException service => (int)service.StatusCode is 0 or >= 500 || Passing.Contains(service.ErrorCode ?? ""),
        AmazonClientException or HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };

    private static AmazonDynamoDBConfig Configure(IConfiguration configuration)
    {
        var config = new AmazonDynamoDBConfig
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
            Timeout = TimeSpan.FromSeconds(2),
            // Enough to keep the store busy; more would only make all of them slow when it is.
            MaxConnectionsPerServer = 32,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 1,
        };

        if (configuration["AWS_ENDPOINT_URL_DYNAMODB"] is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = configuration["AWS_REGION"];
        }

        return config;
    }
}
