using System.Text.Json.Nodes;

namespace Causeway.LoadScenarios.Orders.InMemory;

/// <summary>An error as DynamoDB answers it, with status 400.</summary>
internal sealed class DynamoError(string type, string message) : Exception(message)
{
    public string Type => type;

    /// <summary>The item that failed a condition, where it is asked for.</summary>
    public JsonObject? Item { get; init; }

    /// <summary>Of a cancelled transaction: one for each item.</summary>
    public JsonArray? Reasons { get; init; }
}

/// <summary>
/// Tables of DynamoDB in memory: a test double, so fast that what is measured is the services. It answers the calls that the orders services make, by
/// DynamoDB's JSON, one at a time: nothing conflicts, nothing is throttled, every read is consistent, and nothing is kept.
/// </summary>
internal sealed class MemoryTables(IReadOnlyDictionary<string, MemoryTable> tables)
{
    private const string ConditionFailed = "ConditionalCheckFailed";

    private readonly Lock access = new();

    /// <summary>Answers a call.</summary>
    /// <param name="operation">As <c>PutItem</c>.</param>
    /// <exception cref="DynamoError">A condition does not hold.</exception>
    /// <exception cref="NotSupportedException">The call uses what the double does not know.</exception>
    public JsonObject Answer(string operation, JsonObject call)
    {
        lock (access)
        {
            return operation switch
            {
                "GetItem" => Table(call).Find(call["Key"]!.AsObject()) is { } item ? new() { ["Item"] = item.DeepClone() } : [],
                "PutItem" => Write("Put", call),
                "UpdateItem" => Write("Update", call),
                "TransactWriteItems" => Transact(call["TransactItems"]!.AsArray()),
                "Query" => Query(call),
                "Scan" => Scan(call),
                _ => throw new NotSupportedException($"{operation} is not known here."),
            };
        }
    }

    private JsonObject Write(string kind, JsonObject call)
    {
        var (table, before) = Target(kind, call);

        if (!Expression.Holds((string?)call["ConditionExpression"], before ?? [], Placeholders.Of(call)))
        {
            throw new DynamoError("ConditionalCheckFailedException", "The conditional request failed") { Item = Shown(call, before) };
        }

        table.Put(Changed(kind, call, before));

        return [];
    }

    private JsonObject Transact(JsonArray items)
    {
        (string Kind, JsonObject Call)[] writes = [.. items.Select(item => (item!.AsObject().Single().Key, item.AsObject().Single().Value!.AsObject()))];
        var targets = writes.Select(write => Target(write.Kind, write.Call)).ToArray();
        var reasons = writes.Zip(targets, (write, target) => Reason(write.Call, target.Before)).ToArray();

        if (reasons.Any(reason => (string?)reason["Code"] is not "None"))
        {
            throw new DynamoError(
                "TransactionCanceledException",
                $"Transaction cancelled, see the cancellation reasons [{string.Join(", ", reasons.Select(reason => reason["Code"]))}]")
            {
                Reasons = [.. reasons],
            };
        }

        foreach (var ((kind, call), (table, before)) in writes.Zip(targets))
        {
            table.Put(Changed(kind, call, before));
        }

        return [];
    }

    private static JsonObject Reason(JsonObject call, JsonObject? before)
    {
        if (Expression.Holds((string?)call["ConditionExpression"], before ?? [], Placeholders.Of(call)))
        {
            return new() { ["Code"] = "None" };
        }

        var reason = new JsonObject { ["Code"] = ConditionFailed, ["Message"] = "The conditional request failed" };

        if (Shown(call, before) is { } item)
        {
            reason["Item"] = item;
        }

        return reason;
    }

    private JsonObject Query(JsonObject call)
    {
        var (table, index, given) = (Table(call), (string?)call["IndexName"], Placeholders.Of(call));
        var condition = (string)call["KeyConditionExpression"]!;

        if (index is null || condition.Split(' ') is not [var name, "=", var value, ..] || given.NameOf(name) != table.KeyOf(index).Partition)
        {
            throw new NotSupportedException($"The query {condition} of {index} is not known here.");
        }

        var partition = (string)given.Resolve(value, [])!["S"]!;
        var found = table.Partition(index, partition).Where(item => Expression.Holds(condition, item, given));

        return Page(call, table, index, (bool?)call["ScanIndexForward"] is false ? found.Reverse() : found);
    }

    private JsonObject Scan(JsonObject call)
    {
        var given = Placeholders.Of(call);

        return Page(call, Table(call), index: null, Table(call).All.Where(item => Expression.Holds((string?)call["FilterExpression"], item, given)));
    }

    private static JsonObject Page(JsonObject call, MemoryTable table, string? index, IEnumerable<JsonObject> items)
    {
        var (limit, from) = ((int?)call["Limit"] ?? int.MaxValue, call["ExclusiveStartKey"]);
        var rest = from is null ? items : items.SkipWhile(item => !JsonNode.DeepEquals(table.Position(item, index), from)).Skip(1);
        JsonObject[] page = [.. rest.Take(limit)];
        var answer = new JsonObject
        {
            ["Items"] = new JsonArray([.. page.Select(item => item.DeepClone())]),
            ["Count"] = page.Length,
            ["ScannedCount"] = page.Length,
        };

        if (page.Length == limit)
        {
            answer["LastEvaluatedKey"] = table.Position(page[^1], index);
        }

        return answer;
    }

    private MemoryTable Table(JsonObject call) => (string)call["TableName"]! is var name && tables.TryGetValue(name, out var table)
        ? table
        : throw new DynamoError("ResourceNotFoundException", "Cannot do operations on a non-existent table");

    private (MemoryTable Table, JsonObject? Before) Target(string kind, JsonObject call) => kind is "Put" or "Update"
        ? (Table(call), Table(call).Find(call[kind is "Put" ? "Item" : "Key"]!.AsObject()))
        : throw new NotSupportedException($"{kind} is not known here.");

    private static JsonObject Changed(string kind, JsonObject call, JsonObject? before)
    {
        if (kind is "Put")
        {
            return call["Item"]!.DeepClone().AsObject();
        }

        var item = (before ?? call["Key"]!).DeepClone().AsObject();
        Expression.Update((string)call["UpdateExpression"]!, item, Placeholders.Of(call));

        return item;
    }

    private static JsonObject? Shown(JsonObject call, JsonObject? before) =>
        (string?)call["ReturnValuesOnConditionCheckFailure"] is "ALL_OLD" ? before?.DeepClone().AsObject() : null;
}
