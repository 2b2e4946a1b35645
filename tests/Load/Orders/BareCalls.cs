using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Causeway.Load;
using Causeway.Load.Models;

namespace Causeway.LoadScenarios.Orders;

/// <summary>
/// The calls to DynamoDB that the services make, made in a bare loop: what the services are held against. Same tables, conditions and sizes, and nothing else.
/// </summary>
internal sealed class BareCalls(IAmazonDynamoDB dynamo, string name)
{
    /// <summary>The three writes of a new order: the request, the reservation with its stock, the order with the end of its request.</summary>
    public Operation Order(IReadOnlyList<string> skus) => async (arrival, stop) =>
    {
        var sku = skus[(int)(arrival.Number % skus.Count)];
        var order = Guid.CreateVersion7().ToString();
        var request = $"{name}#{order}";
        var nonce = new AttributeValue(Guid.NewGuid().ToString("N"));
        var now = DateTimeOffset.UtcNow;
        await dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = OrdersTables.NameOf("requests"),
                Item = new()
                {
                    ["id"] = new(request),
                    ["bodyHash"] = new(new string('a', 64)),
                    ["orderId"] = new(order),
                    ["state"] = new("running"),
                    ["attempt"] = Number(1),
                    ["leaseUntil"] = new(now.AddSeconds(10).ToString("O")),
                    ["shard"] = new("1"),
                    ["sweepAfter"] = new(now.AddSeconds(10).ToString("O")),
                    ["nonce"] = nonce,
                },
                ConditionExpression = "attribute_not_exists(id) OR expires <= :now OR nonce = :nonce",
                ExpressionAttributeValues = new() { [":now"] = Number(now.ToUnixTimeSeconds()), [":nonce"] = nonce },
            },
            stop);
        await WriteAsync(
            [
                new()
                {
                    Put = new()
                    {
                        TableName = OrdersTables.NameOf("reservations"),
                        Item = new()
                        {
                            ["orderId"] = new(order),
                            ["state"] = new("reserved"),
                            ["lines"] = new() { M = new() { [sku] = Number(1) } },
                            ["reservedAt"] = new(now.ToString("O")),
                        },
                        ConditionExpression = "attribute_not_exists(orderId)",
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                },
                new()
                {
                    Update = new()
                    {
                        TableName = OrdersTables.NameOf("inventory"),
                        Key = new() { ["sku"] = new(sku) },
                        UpdateExpression = "SET available = available - :quantity",
                        ConditionExpression = "available >= :quantity",
                        ExpressionAttributeValues = new() { [":quantity"] = Number(1) },
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                },
            ],
            stop);
        await WriteAsync(
            [
                new()
                {
                    Put = new()
                    {
                        TableName = OrdersTables.NameOf("orders"),
                        Item = new()
                        {
                            ["id"] = new(order),
                            ["customer"] = new(name),
                            ["placedAt"] = new(now.ToString("O")),
                            ["status"] = new("accepted"),
                            ["lines"] = new() { L = [new() { M = new() { ["sku"] = new(sku), ["quantity"] = Number(1) } }] },
                            ["traceId"] = new(nonce.S),
                        },
                        ConditionExpression = "attribute_not_exists(id)",
                    },
                },
                new()
                {
                    Update = new()
                    {
                        TableName = OrdersTables.NameOf("requests"),
                        Key = new() { ["id"] = new(request) },
                        UpdateExpression = "SET nonce = :nonce, #state = :next, expires = :expires REMOVE leaseUntil, #shard, sweepAfter",
                        ConditionExpression = "(attempt = :attempt AND #state = :state AND orderId = :orderId) OR nonce = :nonce",
                        ExpressionAttributeNames = new() { ["#state"] = "state", ["#shard"] = "shard" },
                        ExpressionAttributeValues = new()
                        {
                            [":nonce"] = new(Guid.NewGuid().ToString("N")),
                            [":next"] = new("done"),
                            [":expires"] = Number(now.AddDays(1).ToUnixTimeSeconds()),
                            [":attempt"] = Number(1),
                            [":state"] = new("running"),
                            [":orderId"] = new(order),
                        },
                    },
                },
            ],
            stop);

        return new Outcome("bare order", OutcomeKind.Ok);
    };

    /// <summary>One piece less of a SKU, if there is one.</summary>
    public Operation Take(string sku) => async (_, stop) =>
    {
        try
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = OrdersTables.NameOf("inventory"),
                    Key = new() { ["sku"] = new(sku) },
                    UpdateExpression = "SET available = available - :quantity",
                    ConditionExpression = "available >= :quantity",
                    ExpressionAttributeValues = new() { [":quantity"] = Number(1) },
                },
                stop);
        }
        catch (ConditionalCheckFailedException)
        {
            return new Outcome("bare update", OutcomeKind.WrongAnswer);
        }

        return new Outcome("bare update", OutcomeKind.Ok);
    };

    /// <summary>The one read that showing an order takes.</summary>
    public Operation Show(IReadOnlyList<string> orders) => async (arrival, stop) =>
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = OrdersTables.NameOf("orders"),
                Key = new() { ["id"] = new(orders[(int)(arrival.Number % orders.Count)]) },
                ConsistentRead = true,
            },
            stop);

        return new Outcome("bare read", answer.IsItemSet ? OutcomeKind.Ok : OutcomeKind.WrongAnswer);
    };

    // Transactions on one item at once cancel each other: that is tried again, as the services do.
    private async Task WriteAsync(List<TransactWriteItem> items, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await dynamo.TransactWriteItemsAsync(new() { TransactItems = items, ClientRequestToken = Guid.NewGuid().ToString() }, stop);

                return;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.CancellationReasons.Any(reason => reason.Code is "TransactionConflict"))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 25)), stop);
            }
        }
    }

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
