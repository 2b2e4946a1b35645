using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;

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

    public sealed record Short(IReadOnlyList<ShortLine> Lines) : ReserveOutcome;
}

/// <summary>
/// The tables `reservations` and `inventory`. A reservation and the stock it takes or gives back change in one transaction, so the
/// reservation's own record makes every repetition harmless, for ever and not only for as long as a client token lives.
/// </summary>
internal sealed class ReservationStore(IAmazonDynamoDB dynamo, Transactions transactions, IOptions<TableOptions> tables, TimeProvider clock)
{
    private const string Reserved = "reserved";
    private const string Released = "released";
    private static readonly TimeSpan ReleasedKeptFor = TimeSpan.FromDays(7);

    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; ask again to learn the outcome.</exception>
    public async Task<ReserveOutcome> ReserveAsync(Reservation reservation, CancellationToken stop)
    {
        var reasons = await transactions.WriteAsync([Record(reservation), .. reservation.Lines.Select(Take)], stop);

        if (reasons.Count == 0)
        {
            return new ReserveOutcome.Taken();
        }

        if (reasons[0].Code == Transactions.ConditionFailed)
        {
            return Compare(reservation, reasons[0].Item);
        }

        return new ReserveOutcome.Short(
        [
            .. reservation.Lines.Zip(reasons.Skip(1))
                .Where(pair => pair.Second.Code == Transactions.ConditionFailed)
                .Select(pair => new ShortLine(pair.First.Sku, pair.First.Quantity, Number(pair.Second.Item, "available"))),
        ]);
    }

    /// <summary>Gives back what the order took, or forbids what it has not taken yet.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first; ask again.</exception>
    public async Task ReleaseAsync(string orderId, CancellationToken stop)
    {
        while (true)
        {
            var reservation = await dynamo.GetItemAsync(
                new GetItemRequest { TableName = tables.Value.Reservations, Key = Key(orderId), ConsistentRead = true }, stop);

            if (reservation.Item is { Count: > 0 } item && item["state"].S == Released)
            {
                return;
            }

            // A condition that fails means that the other request of a race won: look again.
            List<TransactWriteItem> writes = reservation.Item is { Count: > 0 } taken
                ? [MarkReleased(orderId), .. taken["lines"].M.Select(line => GiveBack(line.Key, line.Value))]
                : [Forbid(orderId)];

            if (await transactions.WriteAsync(writes, stop) is { Count: 0 })
            {
                return;
            }
        }
    }

    private TransactWriteItem Record(Reservation reservation) => new()
    {
        Put = new Put
        {
            TableName = tables.Value.Reservations,
            Item = new()
            {
                ["orderId"] = new(reservation.OrderId),
                ["state"] = new(Reserved),
                ["lines"] = new() { M = reservation.Lines.ToDictionary(line => line.Sku, line => Number(line.Quantity)) },
                ["reservedAt"] = new(clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            },
            ConditionExpression = "attribute_not_exists(orderId)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem Take(ReservationLine line) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Inventory,
            Key = new() { ["sku"] = new(line.Sku) },
            UpdateExpression = "SET available = available - :quantity",
            ConditionExpression = "available >= :quantity",
            ExpressionAttributeValues = new() { [":quantity"] = Number(line.Quantity) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem MarkReleased(string orderId) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Reservations,
            Key = Key(orderId),
            UpdateExpression = "SET #state = :released, expires = :expires",
            ConditionExpression = "#state = :reserved",
            ExpressionAttributeNames = new() { ["#state"] = "state" },
            ExpressionAttributeValues = new() { [":released"] = new(Released), [":reserved"] = new(Reserved), [":expires"] = Expiry() },
        },
    };

    private TransactWriteItem GiveBack(string sku, AttributeValue quantity) => new()
    {
        Update = new Update
        {
            TableName = tables.Value.Inventory,
            Key = new() { ["sku"] = new(sku) },
            UpdateExpression = "ADD available :quantity",
            ExpressionAttributeValues = new() { [":quantity"] = quantity },
        },
    };

    private TransactWriteItem Forbid(string orderId) => new()
    {
        Put = new Put
        {
            TableName = tables.Value.Reservations,
            Item = new() { ["orderId"] = new(orderId), ["state"] = new(Released), ["expires"] = Expiry() },
            ConditionExpression = "attribute_not_exists(orderId)",
        },
    };

    private AttributeValue Expiry() => Number((clock.GetUtcNow() + ReleasedKeptFor).ToUnixTimeSeconds());

    private static ReserveOutcome Compare(Reservation reservation, Dictionary<string, AttributeValue> existing)
    {
        if (existing["state"].S == Released)
        {
            return new ReserveOutcome.Released();
        }

        var lines = existing["lines"].M;
        var same = lines.Count == reservation.Lines.Count
            && reservation.Lines.All(line => lines.TryGetValue(line.Sku, out var quantity) && quantity.N == Number(line.Quantity).N);

        return same ? new ReserveOutcome.TakenBefore() : new ReserveOutcome.Differs();
    }

    private static Dictionary<string, AttributeValue> Key(string orderId) => new() { ["orderId"] = new(orderId) };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static long Number(Dictionary<string, AttributeValue>? item, string attribute) =>
        item is not null && item.TryGetValue(attribute, out var value) ? long.Parse(value.N, CultureInfo.InvariantCulture) : 0;
}
