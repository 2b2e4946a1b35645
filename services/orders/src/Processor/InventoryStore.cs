using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Causeway.DynamoDb;
using Microsoft.Extensions.Options;
using static Causeway.DynamoDb.Attributes;

namespace Orders.Processor;

/// <summary>What came of an adjustment. Only <see cref="Done"/> changed stock.</summary>
internal abstract record AdjustOutcome
{
    public sealed record Done(StockItem Stock) : AdjustOutcome;

    /// <summary>The same adjustment was applied earlier.</summary>
    public sealed record DoneBefore(StockItem Stock) : AdjustOutcome;

    /// <summary>The id was used with another delta.</summary>
    public sealed record Differs : AdjustOutcome;

    /// <summary>Stock would fall below zero or rise above its limit.</summary>
    public sealed record OutOfRange(long Available) : AdjustOutcome;
}

/// <summary>The tables `inventory` and `adjustments`: the stock, and which changes by hand it has seen.</summary>
internal sealed class InventoryStore(Store store, Transactions transactions, IOptions<TableOptions> tables, TimeProvider clock)
{
    public async Task<StockItem?> FindAsync(string sku, CancellationToken stop)
    {
        var get = new GetItemRequest { TableName = tables.Value.Inventory, Key = Key("sku", sku), ConsistentRead = true };
        var found = await store.CallAsync((dynamo, stop) => dynamo.GetItemAsync(get, stop), stop);

        return found.Item is { Count: > 0 } item ? Read(item) : null;
    }

    public async Task<StockPage> ListAsync(int limit, string? after, CancellationToken stop)
    {
        var scan = new ScanRequest { TableName = tables.Value.Inventory, Limit = limit, ExclusiveStartKey = after is null ? null : Key("sku", after) };
        var found = await store.CallAsync((dynamo, stop) => dynamo.ScanAsync(scan, stop), stop);

        return new StockPage(
            [.. (found.Items ?? []).Select(Read)],
            found.LastEvaluatedKey is { Count: > 0 } last ? last["sku"].S : null);
    }

    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; send the same adjustment again.</exception>
    public async Task<AdjustOutcome> AdjustAsync(string sku, Adjustment adjustment, CancellationToken stop)
    {
        var reasons = await transactions.WriteAsync([Record(sku, adjustment), Change(sku, adjustment.Delta)], stop);

        if (reasons.Count > 0 && reasons[0].Code != Transactions.ConditionFailed)
        {
            return new AdjustOutcome.OutOfRange(reasons[1].Item is { Count: > 0 } stock ? Read(stock).Available : 0);
        }

        if (reasons.Count > 0 && reasons[0].Item["delta"].N != Number(adjustment.Delta).N)
        {
            return new AdjustOutcome.Differs();
        }

        var now = await FindAsync(sku, stop) ?? new StockItem(sku, 0);
        return reasons.Count > 0 ? new AdjustOutcome.DoneBefore(now) : new AdjustOutcome.Done(now);
    }

    private TransactWriteItem Record(string sku, Adjustment adjustment) => new()
    {
        Put = new Put
        {
            TableName = tables.Value.Adjustments,
            Item = new()
            {
                ["sku"] = new(sku),
                ["id"] = new(adjustment.Id),
                ["delta"] = Number(adjustment.Delta),
                ["adjustedAt"] = new(Text(clock.GetUtcNow())),
            },
            ConditionExpression = "attribute_not_exists(id)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem Change(string sku, long delta) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Inventory,
            Key = Key("sku", sku),
            UpdateExpression = "ADD available :delta",
            ConditionExpression = delta < 0 ? "available >= :bound" : "attribute_not_exists(available) OR available <= :bound",
            ExpressionAttributeValues = new()
            {
                [":delta"] = Number(delta),
                [":bound"] = Number(delta < 0 ? -delta : StockItem.Max - delta),
            },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private static StockItem Read(Dictionary<string, AttributeValue> item) =>
        new(item["sku"].S, item.Number("available"));
}
