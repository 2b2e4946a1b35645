using System.Net;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Causeway.LoadScenarios.Orders;
using Causeway.LoadScenarios.Orders.InMemory;

namespace Causeway.Integration.Orders;

/// <summary>The tables in memory, which a load scenario measures with, answer as DynamoDB Local does.</summary>
public sealed class InMemory(RunningPlatform running)
{
    private const int Calls = 300;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_calls_are_answered_alike(int seed)
    {
        using var real = await OrdersTables.OpenAsync(running.Platform, Stop);
        await using var server = await MemoryTablesServer.StartAsync(real.All.Client, IPAddress.Loopback, Stop);
        using var memory = OrdersTables.At(server.Address);
        var (random, name) = (new Random(seed), $"memory-{Guid.NewGuid():N}");
        var refused = 0;

        for (var call = 0; call < Calls; call++)
        {
            var any = AnyCall(random, name);
            var (expected, found) = (await AnswerAsync(real.All.Client, any), await AnswerAsync(memory.All.Client, any));
            Assert.Equal(expected, found);
            refused += expected.Contains("Exception", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(refused, 10, Calls - 100);
    }

    [Fact]
    public async Task What_it_does_not_know_fails()
    {
        using var real = await OrdersTables.OpenAsync(running.Platform, Stop);
        await using var server = await MemoryTablesServer.StartAsync(real.All.Client, IPAddress.Loopback, Stop);
        using var memory = OrdersTables.At(server.Address);
        var call = new GetItemRequest { TableName = OrdersTables.NameOf("inventory"), Key = new() { ["sku"] = new("x") } };
        Assert.False((await memory.All.Client.GetItemAsync(call, Stop)).IsItemSet);

        var size = new PutItemRequest
        {
            TableName = call.TableName,
            Item = call.Key,
            ConditionExpression = "size(sku) < :most",
            ExpressionAttributeValues = new() { [":most"] = new() { N = "5" } },
        };
        var failed = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => memory.All.Client.PutItemAsync(size, Stop));
        Assert.Equal(HttpStatusCode.NotImplemented, failed.StatusCode);
    }

    private static AmazonDynamoDBRequest AnyCall(Random random, string name)
    {
        var (sku, order, quantity) = ($"{name}-{random.Next(3)}", $"{name}-{random.Next(8)}", Number(random.Next(1, 4)));
        var (inventory, orders, reservations) = (OrdersTables.NameOf("inventory"), OrdersTables.NameOf("orders"), OrdersTables.NameOf("reservations"));

        return random.Next(8) switch
        {
            0 => new UpdateItemRequest
            {
                TableName = inventory,
                Key = new() { ["sku"] = new(sku) },
                UpdateExpression = "ADD available :more",
                ConditionExpression = "attribute_not_exists(available) OR available <= :most",
                ExpressionAttributeValues = new() { [":more"] = Number(random.Next(-2, 6)), [":most"] = Number(9) },
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
            1 => new TransactWriteItemsRequest
            {
                ClientRequestToken = Guid.NewGuid().ToString(),
                TransactItems =
                [
                    new()
                    {
                        Put = new()
                        {
                            TableName = reservations,
                            Item = new() { ["orderId"] = new(order), ["state"] = new("reserved"), ["lines"] = new() { M = new() { [sku] = quantity } } },
                            ConditionExpression = "attribute_not_exists(orderId)",
                            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                        },
                    },
                    new()
                    {
                        Update = new()
                        {
                            TableName = inventory,
                            Key = new() { ["sku"] = new(sku) },
                            UpdateExpression = "SET available = available - :quantity",
                            ConditionExpression = "available >= :quantity",
                            ExpressionAttributeValues = new() { [":quantity"] = quantity },
                            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                        },
                    },
                ],
            },
            2 => new UpdateItemRequest
            {
                TableName = reservations,
                Key = new() { ["orderId"] = new(order) },
                UpdateExpression = "SET #state = :next, expires = :expires REMOVE #lines",
                ConditionExpression = "(#state = :state AND attribute_exists(#lines)) OR #state = :none",
                ExpressionAttributeNames = new() { ["#state"] = "state", ["#lines"] = "lines" },
                ExpressionAttributeValues = new()
                {
                    [":next"] = new("released"),
                    [":state"] = new("reserved"),
                    [":none"] = new("none"),
                    [":expires"] = Number(random.Next(100)),
                },
            },
            3 => new PutItemRequest
            {
                TableName = orders,
                Item = new()
                {
                    ["id"] = new(order),
                    ["customer"] = new($"{name}-{random.Next(2)}"),
                    ["placedAt"] = new($"{random.Next(10):D4}"),
                    ["count"] = quantity,
                },
                ConditionExpression = "attribute_not_exists(id) OR #count < :count",
                ExpressionAttributeNames = new() { ["#count"] = "count" },
                ExpressionAttributeValues = new() { [":count"] = quantity },
            },
            4 => new GetItemRequest { TableName = inventory, Key = new() { ["sku"] = new(sku) }, ConsistentRead = true },
            5 => new GetItemRequest { TableName = reservations, Key = new() { ["orderId"] = new(order) }, ConsistentRead = true },
            6 => new QueryRequest
            {
                TableName = orders,
                IndexName = "by-customer",
                KeyConditionExpression = "customer = :customer",
                ExpressionAttributeValues = new() { [":customer"] = new($"{name}-{random.Next(2)}") },
                ScanIndexForward = random.Next(2) is 0,
                Limit = random.Next(1, 4),
            },
            _ => new ScanRequest
            {
                TableName = inventory,
                ConsistentRead = true,
                FilterExpression = "begins_with(#sku, :beginning)",
                ExpressionAttributeNames = new() { ["#sku"] = "sku" },
                ExpressionAttributeValues = new() { [":beginning"] = new(name) },
            },
        };
    }

    // What the services read of an answer.
    private static async Task<string> AnswerAsync(IAmazonDynamoDB tables, AmazonDynamoDBRequest call)
    {
        try
        {
            return call switch
            {
                GetItemRequest get => Text((await tables.GetItemAsync(get, Stop)).Item),
                PutItemRequest put => $"{(await tables.PutItemAsync(put, Stop)).HttpStatusCode}",
                UpdateItemRequest update => $"{(await tables.UpdateItemAsync(update, Stop)).HttpStatusCode}",
                TransactWriteItemsRequest write => $"{(await tables.TransactWriteItemsAsync(write, Stop)).HttpStatusCode}",
                QueryRequest query => await PagesAsync(tables, query),
                ScanRequest scan => string.Join('\n', (await tables.ScanAsync(scan, Stop)).Items.Select(Text).Order(StringComparer.Ordinal)),
                _ => throw new NotSupportedException(call.GetType().Name),
            };
        }
        catch (ConditionalCheckFailedException failed)
        {
            return $"{nameof(ConditionalCheckFailedException)} {Text(failed.Item)}";
        }
        catch (TransactionCanceledException cancelled)
        {
            return $"{nameof(TransactionCanceledException)} {string.Join(", ", cancelled.CancellationReasons.Select(one => $"{one.Code} {Text(one.Item)}"))}";
        }
    }

    // Items with one sort value have no order of their own.
    private static async Task<string> PagesAsync(IAmazonDynamoDB tables, QueryRequest query)
    {
        var (times, items) = (new List<string>(), new List<string>());
        query.ExclusiveStartKey = null;

        do
        {
            var page = await tables.QueryAsync(query, Stop);
            times.AddRange(page.Items.Select(item => item["placedAt"].S));
            items.AddRange(page.Items.Select(Text));
            query.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (query.ExclusiveStartKey is { Count: > 0 });

        return string.Join('\n', [string.Join(',', times), .. items.Order(StringComparer.Ordinal)]);
    }

    private static AttributeValue Number(int value) => new() { N = $"{value}" };

    private static string Text(Dictionary<string, AttributeValue>? item) =>
        JsonSerializer.Serialize((item ?? []).OrderBy(attribute => attribute.Key).Select(attribute => (string[])[attribute.Key, Text(attribute.Value)]));

    private static string Text(AttributeValue value) => value switch
    {
        { S: { } text } => text,
        { N: { } number } => number,
        { M: { } map } => Text(map),
        _ => throw new NotSupportedException("Another kind of value."),
    };
}
