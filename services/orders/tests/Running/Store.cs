using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orders.Tests.Running;

/// <summary>What a service sent to DynamoDB.</summary>
/// <param name="Operation">Such as `PutItem`.</param>
internal sealed record StoreCall(string Operation, JsonNode Body)
{
    public string Table => Body["TableName"]?.GetValue<string>() ?? "";
}

/// <summary>
/// Speaks DynamoDB's protocol and says what the test wants to hear, for answers that the real one gives only in a race or a fault.
/// What a test does not script finds nothing and succeeds.
/// </summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly ConcurrentQueue<StoreCall> calls = new();
    private readonly Listener listener;

    private Store(Listener listener) => this.listener = listener;

    public string Url => listener.Url;

    /// <summary>All that could change something.</summary>
    public IReadOnlyList<StoreCall> Writes => [.. calls.Where(call => call.Operation is not ("GetItem" or "Query" or "Scan"))];

    public static async Task<Store> StartAsync(Func<StoreCall, JsonObject?>? script = null) =>
        await StartAsync(call => Task.FromResult(script?.Invoke(call)));

    public static async Task<Store> StartAsync(Func<StoreCall, Task<JsonObject?>> script)
    {
        Store? store = null;
        store = new Store(await Listener.StartAsync(async (request, response) =>
        {
            var call = new StoreCall(request.Headers["X-Amz-Target"].ToString().Split('.')[^1], JsonNode.Parse(request.Body)!);
            store!.calls.Enqueue(call);
            var answer = await script(call) ?? new JsonObject();

            response.StatusCode = answer.ContainsKey("__type") ? 400 : 200;
            response.ContentType = "application/x-amz-json-1.0";
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        }));

        return store;
    }

    /// <summary>The item as `GetItem` answers it. Values are strings, or numbers.</summary>
    public static JsonObject Item(params (string Name, object Value)[] attributes) => new() { ["Item"] = Attributes(attributes) };

    public static JsonObject Attributes(params (string Name, object Value)[] attributes) =>
        new(attributes.Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Name, attribute.Value switch
        {
            JsonNode node => node,
            string text => new JsonObject { ["S"] = text },
            var number => new JsonObject { ["N"] = number.ToString() },
        })));

    /// <summary>`TransactWriteItems` was refused, with one code per item.</summary>
    public static JsonObject Cancelled(params JsonObject[] reasons) => new()
    {
        ["__type"] = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        ["message"] = "Transaction cancelled",
        ["CancellationReasons"] = new JsonArray([.. reasons]),
    };

    public static JsonObject Reason(string code, JsonObject? item = null) =>
        item is null ? new() { ["Code"] = code } : new() { ["Code"] = code, ["Item"] = item };

    public static JsonObject ConditionFailed() => new()
    {
        ["__type"] = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
        ["message"] = "The conditional request failed",
    };

    /// <summary>Makes the SDK send the same write once more.</summary>
    public static JsonObject Throttled() => new()
    {
        ["__type"] = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        ["message"] = "Too much at once",
    };

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
