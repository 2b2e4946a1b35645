using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Resources;

namespace Causeway.LoadScenarios.Orders;

/// <summary>What the workload's tables hold, read past its services: what tests check against.</summary>
public sealed class OrdersTables : IDisposable
{
    private readonly Tables tables;

    private OrdersTables(Tables tables) => this.tables = tables;

    /// <summary>The same tables by DynamoDB's own API.</summary>
    public Tables All => tables;

    public static string NameOf(string table) => $"local-orders-{table}";

    public static async Task<OrdersTables> OpenAsync(LocalPlatform platform, CancellationToken stop) =>
        new((Tables)await platform.ResourcesAsync("tables", stop));

    /// <summary>The same where they are somewhere else.</summary>
    public static OrdersTables At(Uri address) => new(new Tables(new StandIn(address.Host, address.Port, "local")));

    public void Dispose() => tables.Dispose();

    /// <summary>Pieces of a SKU that can be sold; 0 where the table has none.</summary>
    public async Task<int> AvailableAsync(string sku, CancellationToken stop) =>
        await ItemAsync("inventory", "sku", sku, stop) is { } item ? int.Parse(item["available"].N, CultureInfo.InvariantCulture) : 0;

    /// <summary>One item, read consistently; null where there is none.</summary>
    public async Task<IReadOnlyDictionary<string, AttributeValue>?> ItemAsync(string table, string key, string value, CancellationToken stop)
    {
        var answer = await tables.Client.GetItemAsync(
            new GetItemRequest { TableName = NameOf(table), ConsistentRead = true, Key = new() { [key] = new AttributeValue(value) } }, stop);

        return answer.IsItemSet ? answer.Item : null;
    }

    /// <summary>Every item whose attribute begins with a text, read consistently.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, AttributeValue>>> ItemsAsync(
        string table, string attribute, string beginning, CancellationToken stop)
    {
        var items = new List<IReadOnlyDictionary<string, AttributeValue>>();
        var scan = new ScanRequest
        {
            TableName = NameOf(table),
            ConsistentRead = true,
            FilterExpression = "begins_with(#attribute, :beginning)",
            ExpressionAttributeNames = new() { ["#attribute"] = attribute },
            ExpressionAttributeValues = new() { [":beginning"] = new(beginning) },
        };

        do
        {
            var page = await tables.Client.ScanAsync(scan, stop);
            items.AddRange(page.Items ?? []);
            scan.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });

        return items;
    }
}
