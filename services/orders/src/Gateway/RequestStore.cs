using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Causeway.DynamoDb;
using Microsoft.Extensions.Options;
using static Causeway.DynamoDb.Attributes;

namespace Orders.Gateway;

/// <summary>
/// The table `requests`. Every change is conditional on the attempt it is made for, so that of several gateways one wins and the
/// others learn that they lost. Clocks decide only when an attempt begins, never who wins. A write whose answer is lost is repeated:
/// the nonce, which is new for every change, lets the repetition recognise its own success instead of reporting that another attempt won.
/// </summary>
internal sealed class RequestStore(Store store, IOptions<GatewayOptions> options, TimeProvider clock)
{
    /// <summary>The unfinished are spread over this many partitions of the index.</summary>
    public const int Shards = 8;

    private const string Mine = "(attempt = :attempt AND #state = :state AND orderId = :orderId) OR nonce = :nonce";
    private const int AbandonedPage = 25;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public async Task<OrderRequest?> FindAsync(string id, CancellationToken stop)
    {
        var get = new GetItemRequest { TableName = options.Value.RequestsTable, Key = Key("id", id), ConsistentRead = true };
        var found = await store.CallAsync((dynamo, stop) => dynamo.GetItemAsync(get, stop), stop);

        return found.Item is { Count: > 0 } item ? Read(item) : null;
    }

    /// <summary>Writes down the intent before anything else happens.</summary>
    /// <returns>Null when the key is in use.</returns>
    public async Task<OrderRequest?> TryBeginAsync(string id, string bodyHash, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var lease = now + options.Value.Lease;
        var request = new OrderRequest(id, bodyHash, NewOrderId(now), RequestState.Running, 1, lease, lease);
        var nonce = NewNonce();
        var put = new PutItemRequest
        {
            TableName = options.Value.RequestsTable,
            Item = new()
            {
                ["id"] = new(id),
                ["bodyHash"] = new(bodyHash),
                ["orderId"] = new(request.OrderId),
                ["state"] = new(Name(RequestState.Running)),
                ["attempt"] = Number(1),
                ["leaseUntil"] = new(Text(lease)),
                ["shard"] = new(ShardOf(request.OrderId)),
                ["sweepAfter"] = new(Text(lease)),
                ["nonce"] = nonce,
            },
            // DynamoDB deletes what has expired some day later; until then it counts as gone.
            ConditionExpression = "attribute_not_exists(id) OR expires <= :now OR nonce = :nonce",
            ExpressionAttributeValues = new() { [":now"] = Number(now.ToUnixTimeSeconds()), [":nonce"] = nonce },
        };

        try
        {
            await store.CallAsync((dynamo, stop) => dynamo.PutItemAsync(put, stop), stop);

            return request;
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    /// <returns>The request as the next attempt sees it; null when another attempt changed it first.</returns>
    /// <param name="asNewOrder">Whether it goes on as another order.</param>
    public async Task<OrderRequest?> TryTakeOverAsync(OrderRequest request, bool asNewOrder, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var lease = now + options.Value.Lease;
        var next = request with
        {
            State = RequestState.Running,
            Attempt = request.Attempt + 1,
            OrderId = asNewOrder ? NewOrderId(now) : request.OrderId,
            LeaseUntil = lease,
            SweepAfter = lease,
            Expires = null,
        };

        return await TryUpdateAsync(Mark(request, next), stop) ? next : null;
    }

    /// <summary>Ends the attempt without an outcome. The client may come back within the grace; then the sweeper cancels.</summary>
    /// <returns>False when another attempt took over.</returns>
    public Task<bool> TryLeaveAsync(OrderRequest request, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return TryUpdateAsync(
            Mark(request, request with { State = RequestState.Unanswered, LeaseUntil = now, SweepAfter = now + options.Value.Grace }), stop);
    }

    /// <summary>Takes the request over to give its stock back.</summary>
    /// <param name="retryAfter">When another sweeper may try, should this one die.</param>
    /// <returns>Null when another attempt changed it first.</returns>
    public async Task<OrderRequest?> TryCancelAsync(OrderRequest request, TimeSpan retryAfter, CancellationToken stop)
    {
        var until = clock.GetUtcNow() + retryAfter;
        var next = request with { State = RequestState.Cancelling, Attempt = request.Attempt + 1, LeaseUntil = until, SweepAfter = until };

        return await TryUpdateAsync(Mark(request, next), stop) ? next : null;
    }

    /// <summary>The stock is back.</summary>
    /// <returns>False when another sweeper took over.</returns>
    public Task<bool> TryFinishCancelAsync(OrderRequest request, CancellationToken stop) =>
        TryUpdateAsync(Finish(request, RequestState.Cancelled), stop);

    /// <summary>The write that makes the request done, for the transaction that stores its order.</summary>
    public Update Done(OrderRequest request) => Finish(request, RequestState.Done);

    /// <summary>Ids of requests in one shard that may have been abandoned, the oldest first. The index lags: look again before acting.</summary>
    public async IAsyncEnumerable<string> FindAbandonedAsync(int shard, [EnumeratorCancellation] CancellationToken stop)
    {
        var query = new QueryRequest
        {
            TableName = options.Value.RequestsTable,
            IndexName = "unfinished",
            KeyConditionExpression = "#shard = :shard AND sweepAfter <= :now",
            ExpressionAttributeNames = new() { ["#shard"] = "shard" },
            ExpressionAttributeValues = new() { [":shard"] = new(shard.ToString()), [":now"] = new(Text(clock.GetUtcNow())) },
            Limit = AbandonedPage,
        };

        do
        {
            var found = await store.CallAsync((dynamo, stop) => dynamo.QueryAsync(query, stop), stop);

            foreach (var item in found.Items ?? [])
            {
                yield return item["id"].S;
            }

            query.ExclusiveStartKey = found.LastEvaluatedKey;
        }
        while (query.ExclusiveStartKey is { Count: > 0 });
    }

    private Update Mark(OrderRequest from, OrderRequest to) => Change(
        from,
        "SET nonce = :nonce, #state = :next, attempt = :nextAttempt, orderId = :nextOrderId, leaseUntil = :lease, #shard = :shard, sweepAfter = :sweep " +
        "REMOVE expires",
        new()
        {
            [":next"] = new(Name(to.State)),
            [":nextAttempt"] = Number(to.Attempt),
            [":nextOrderId"] = new(to.OrderId),
            [":lease"] = new(Text(to.LeaseUntil!.Value)),
            [":shard"] = new(ShardOf(to.OrderId)),
            [":sweep"] = new(Text(to.SweepAfter!.Value)),
        });

    private Update Finish(OrderRequest from, RequestState state) => Change(
        from,
        "SET nonce = :nonce, #state = :next, expires = :expires REMOVE leaseUntil, #shard, sweepAfter",
        new()
        {
            [":next"] = new(Name(state)),
            [":expires"] = Number((clock.GetUtcNow() + KeptFor).ToUnixTimeSeconds()),
        });

    private Update Change(OrderRequest from, string expression, Dictionary<string, AttributeValue> values)
    {
        values[":attempt"] = Number(from.Attempt);
        values[":state"] = new(Name(from.State));
        values[":orderId"] = new(from.OrderId);
        values[":nonce"] = NewNonce();

        return new Update
        {
            TableName = options.Value.RequestsTable,
            Key = Key("id", from.Id),
            UpdateExpression = expression,
            ConditionExpression = Mine,
            ExpressionAttributeNames = new() { ["#state"] = "state", ["#shard"] = "shard" },
            ExpressionAttributeValues = values,
        };
    }

    private async Task<bool> TryUpdateAsync(Update update, CancellationToken stop)
    {
        var request = new UpdateItemRequest
        {
            TableName = update.TableName,
            Key = update.Key,
            UpdateExpression = update.UpdateExpression,
            ConditionExpression = update.ConditionExpression,
            ExpressionAttributeNames = update.ExpressionAttributeNames,
            ExpressionAttributeValues = update.ExpressionAttributeValues,
        };

        try
        {
            await store.CallAsync((dynamo, stop) => dynamo.UpdateItemAsync(request, stop), stop);

            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static OrderRequest Read(Dictionary<string, AttributeValue> item) => new(
        item["id"].S,
        item["bodyHash"].S,
        item["orderId"].S,
        Enum.Parse<RequestState>(item["state"].S, ignoreCase: true),
        item.Number("attempt"),
        item.Time("leaseUntil"),
        item.Time("sweepAfter"),
        item.ContainsKey("expires") ? DateTimeOffset.FromUnixTimeSeconds(item.Number("expires")) : null);

    private static AttributeValue NewNonce() => new(Guid.NewGuid().ToString("N"));

    private static string NewOrderId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString();

    /// <summary>The last digit of an order's id is random.</summary>
    private static string ShardOf(string orderId) => (Convert.ToInt32(orderId[^1..], 16) % Shards).ToString();

    private static string Name(RequestState state) => state.ToString().ToLowerInvariant();
}
