using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Causeway.DynamoDb;
using Microsoft.Extensions.Options;
using static Causeway.DynamoDb.Attributes;

namespace Orders.Processor;

/// <summary>What came of an attempt to reserve. Only <see cref="Taken"/> changed stock.</summary>
internal abstract record ReserveOutcome
{
    public sealed record Taken : ReserveOutcome;

    /// <summary>The same reservation exists already.</summary>
    public sealed record TakenBefore : ReserveOutcome;

    /// <summary>The order has reserved other lines.</summary>
    public sealed record Differs : ReserveOutcome;

    /// <summary>The order's stock has been given back, or its reservation was forbidden before it came.</summary>
    public sealed record Released : ReserveOutcome;

    /// <summary>There was not enough stock when the order first asked.</summary>
    public sealed record Short(IReadOnlyList<ShortLine> Lines) : ReserveOutcome;
}

/// <summary>
/// The tables `reservations` and `inventory`. A reservation and the stock it takes or gives back change in one transaction, so the
/// reservation's own record makes every repetition harmless, for ever and not only for as long as a client token lives. That there was
/// too little is recorded too: a repetition that wakes up after more has come must not take stock for an order rejected long ago.
/// </summary>
internal sealed class ReservationStore(Store store, Transactions transactions, IOptions<TableOptions> tables, TimeProvider clock)
{
    private const string Reserved = "reserved";
    private const string Short = "short";
    private const string Released = "released";

    /// <summary>How long records without stock are kept: longer than any message can be under way.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; ask again to learn the outcome.</exception>
    public async Task<ReserveOutcome> ReserveAsync(Reservation reservation, CancellationToken stop)
    {
        var refused = await transactions.WriteAsync([RecordReserved(reservation), .. reservation.Lines.Select(Take)], stop);

        if (refused.Count == 0)
        {
            return new ReserveOutcome.Taken();
        }

        if (refused[0].Code == Transactions.ConditionFailed)
        {
            return AnswerFrom(refused[0].Item, reservation);
        }

        var available = reservation.Lines.Zip(refused.Skip(1))
            .Where(pair => pair.Second.Code == Transactions.ConditionFailed)
            .ToDictionary(pair => pair.First.Sku, pair => pair.Second.Item is { Count: > 0 } stock ? stock.Number("available") : 0);
        refused = await transactions.WriteAsync([RecordShort(reservation, available)], stop);

        // Another attempt for the same order may have come between.
        return refused.Count == 0 ? ShortOf(reservation, available) : AnswerFrom(refused[0].Item, reservation);
    }

    /// <summary>Gives back what the order took, or forbids what it has not taken yet.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; ask again.</exception>
    public async Task ReleaseAsync(string orderId, CancellationToken stop)
    {
        var get = new GetItemRequest { TableName = tables.Value.Reservations, Key = Key("orderId", orderId), ConsistentRead = true };

        while (true)
        {
            var reservation = await store.CallAsync((dynamo, stop) => dynamo.GetItemAsync(get, stop), stop);

            var item = reservation.Item ?? [];
            var state = item.GetValueOrDefault("state")?.S;

            if (state == Released)
            {
                return;
            }

            List<TransactWriteItem> writes = state switch
            {
                null => [RecordReleased(orderId)],
                Reserved => [MarkReleased(orderId, state), .. item["lines"].M.Select(line => GiveBack(line.Key, line.Value))],
                _ => [MarkReleased(orderId, state)],
            };

            // A condition that fails means that the other request of a race won: look again.
            if (await transactions.WriteAsync(writes, stop) is { Count: 0 })
            {
                return;
            }
        }
    }

    private TransactWriteItem RecordReserved(Reservation reservation) => Record(reservation.OrderId, Reserved, new()
    {
        ["lines"] = Lines(reservation),
        ["reservedAt"] = new(Text(clock.GetUtcNow())),
    });

    private TransactWriteItem RecordShort(Reservation reservation, Dictionary<string, long> available) => Record(reservation.OrderId, Short, new()
    {
        ["lines"] = Lines(reservation),
        ["available"] = new() { M = available.ToDictionary(line => line.Key, line => Number(line.Value)) },
        ["expires"] = Expiry(),
    });

    private TransactWriteItem RecordReleased(string orderId) => Record(orderId, Released, new() { ["expires"] = Expiry() });

    private TransactWriteItem Record(string orderId, string state, Dictionary<string, AttributeValue> item)
    {
        item["orderId"] = new(orderId);
        item["state"] = new(state);

        return new()
        {
            Put = new Put
            {
                TableName = tables.Value.Reservations,
                Item = item,
                ConditionExpression = "attribute_not_exists(orderId)",
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
        };
    }

    private TransactWriteItem Take(ReservationLine line) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Inventory,
            Key = Key("sku", line.Sku),
            UpdateExpression = "SET available = available - :quantity",
            ConditionExpression = "available >= :quantity",
            ExpressionAttributeValues = new() { [":quantity"] = Number(line.Quantity) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem MarkReleased(string orderId, string state) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Reservations,
            Key = Key("orderId", orderId),
            UpdateExpression = "SET #state = :released, expires = :expires",
            ConditionExpression = "#state = :state",
            ExpressionAttributeNames = new() { ["#state"] = "state" },
            ExpressionAttributeValues = new() { [":released"] = new(Released), [":state"] = new(state), [":expires"] = Expiry() },
        },
    };

    private TransactWriteItem GiveBack(string sku, AttributeValue quantity) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Inventory,
            Key = Key("sku", sku),
            UpdateExpression = "ADD available :quantity",
            ExpressionAttributeValues = new() { [":quantity"] = quantity },
        },
    };

    private AttributeValue Expiry() => Number((clock.GetUtcNow() + KeptFor).ToUnixTimeSeconds());

    private static ReserveOutcome AnswerFrom(Dictionary<string, AttributeValue> record, Reservation reservation)
    {
        if (record["state"].S == Released)
        {
            return new ReserveOutcome.Released();
        }

        var lines = record["lines"].M;
        var same = lines.Count == reservation.Lines.Count
            && reservation.Lines.All(line => lines.TryGetValue(line.Sku, out var quantity) && quantity.N == Number(line.Quantity).N);

        return !same ? new ReserveOutcome.Differs()
            : record["state"].S == Reserved ? new ReserveOutcome.TakenBefore()
            : ShortOf(reservation, record["available"].M.ToDictionary(line => line.Key, line => record["available"].M.Number(line.Key)));
    }

    private static ReserveOutcome.Short ShortOf(Reservation reservation, Dictionary<string, long> available) => new(
    [
        .. reservation.Lines
            .Where(line => available.ContainsKey(line.Sku))
            .Select(line => new ShortLine(line.Sku, line.Quantity, available[line.Sku])),
    ]);

    private static AttributeValue Lines(Reservation reservation) =>
        new() { M = reservation.Lines.ToDictionary(line => line.Sku, line => Number(line.Quantity)) };
}
