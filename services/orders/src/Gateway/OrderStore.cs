using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Causeway.DynamoDb;
using Microsoft.Extensions.Options;
using static Causeway.DynamoDb.Attributes;

namespace Orders.Gateway;

/// <param name="TraceId">Of the request that decided the order: a replay shows the same.</param>
internal sealed record StoredOrder(Order Order, string TraceId);

/// <summary>The table `orders`. An order is written once, together with the end of its request.</summary>
internal sealed class OrderStore(Store store, Transactions transactions, RequestStore requests, IOptions<GatewayOptions> options)
{
    /// <returns>False when the request is not this attempt's any more; then nothing was written.</returns>
    public async Task<bool> TryStoreAsync(StoredOrder stored, OrderRequest request, CancellationToken stop)
    {
        var put = new Put { TableName = options.Value.OrdersTable, Item = Write(stored), ConditionExpression = "attribute_not_exists(id)" };
        var done = requests.Done(request);

        return await transactions.WriteAsync([new() { Put = put }, new() { Update = done }], stop) is { Count: 0 };
    }

    public async Task<StoredOrder?> FindAsync(string id, CancellationToken stop)
    {
        var get = new GetItemRequest { TableName = options.Value.OrdersTable, Key = Key("id", id), ConsistentRead = true };
        var found = await store.CallAsync((dynamo, stop) => dynamo.GetItemAsync(get, stop), stop);

        return found.Item is { Count: > 0 } item ? Read(item) : null;
    }

    /// <summary>One page of a customer's orders, the newest first. The index may lag behind by a moment.</summary>
    public async Task<OrderPage> ListAsync(string customer, int limit, PageToken? after, CancellationToken stop)
    {
        var orders = new List<Order>();
        var key = after?.Key();

        // One more than asked for tells whether there is a next page.
        do
        {
            var query = new QueryRequest
            {
                TableName = options.Value.OrdersTable,
                IndexName = "by-customer",
                KeyConditionExpression = "customer = :customer",
                ExpressionAttributeValues = new() { [":customer"] = new(customer) },
                ScanIndexForward = false,
                Limit = limit + 1 - orders.Count,
                ExclusiveStartKey = key,
            };
            var found = await store.CallAsync((dynamo, stop) => dynamo.QueryAsync(query, stop), stop);

            orders.AddRange((found.Items ?? []).Select(item => Read(item).Order));
            key = found.LastEvaluatedKey;
        }
        while (orders.Count <= limit && key is { Count: > 0 });

        return orders.Count <= limit
            ? new OrderPage(orders, null)
            : new OrderPage(orders[..limit], PageToken.After(orders[limit - 1]).ToString());
    }

    private static Dictionary<string, AttributeValue> Write(StoredOrder stored)
    {
        var order = stored.Order;
        var item = new Dictionary<string, AttributeValue>
        {
            ["id"] = new(order.Id),
            ["customer"] = new(order.Customer),
            ["placedAt"] = new(Text(order.PlacedAt)),
            ["status"] = new(order.Status == OrderStatus.Accepted ? "accepted" : "rejected"),
            ["lines"] = new()
            {
                L = [.. order.Lines.Select(line => new AttributeValue { M = new() { ["sku"] = new(line.Sku), ["quantity"] = Number(line.Quantity) } })],
            },
            ["traceId"] = new(stored.TraceId),
        };

        if (order.Short is { } lines)
        {
            item["short"] = new()
            {
                L =
                [
                    .. lines.Select(line => new AttributeValue
                    {
                        M = new() { ["sku"] = new(line.Sku), ["requested"] = Number(line.Requested), ["available"] = Number(line.Available) },
                    }),
                ],
            };
        }

        return item;
    }

    private static StoredOrder Read(Dictionary<string, AttributeValue> item) => new(
        new Order(
            item["id"].S,
            item["customer"].S,
            item["status"].S == "accepted" ? OrderStatus.Accepted : OrderStatus.Rejected,
            [.. item["lines"].L.Select(line => new OrderLine(line.M["sku"].S, line.M.Number("quantity")))],
            (item.Time("placedAt") ?? throw new UnreachableException("An order has a time.")).UtcDateTime,
            item.TryGetValue("short", out var lines)
                ? [.. lines.L.Select(line => new ShortLine(line.M["sku"].S, line.M.Number("requested"), line.M.Number("available")))]
                : null),
        item["traceId"].S);
}
