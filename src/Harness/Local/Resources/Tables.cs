using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Causeway.Harness.Local.Resources;

/// <summary>Tables in DynamoDB Local.</summary>
public sealed class Tables(StandIn standIn) : IResources
{
    private readonly AmazonDynamoDBClient client = new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = $"http://{standIn.Host}:{standIn.Port}", AuthenticationRegion = standIn.Region });

    /// <summary>The API, for tests that look at what was stored.</summary>
    public IAmazonDynamoDB Client => client;

    public async Task<int> EnsureAsync(IReadOnlyDictionary<string, JsonObject> resources, CancellationToken stop)
    {
        var present = await PresentAsync(stop);
        var created = 0;

        foreach (var (name, description) in resources)
        {
            if (present.Contains(name))
            {
                await CheckAsync(Describe(name, description), stop);
                continue;
            }

            await CreateAsync(name, description, stop);
            created++;
        }

        return created;
    }

    public async Task ResetAsync(IReadOnlyDictionary<string, JsonObject> resources, CancellationToken stop)
    {
        var present = await PresentAsync(stop);

        foreach (var (name, description) in resources)
        {
            if (present.Contains(name))
            {
                await client.DeleteTableAsync(name, stop);
            }

            await CreateAsync(name, description, stop);
        }
    }

    public async Task<IReadOnlyDictionary<string, long>> InspectAsync(IEnumerable<string> names, CancellationToken stop)
    {
        var present = await PresentAsync(stop);
        var counts = new Dictionary<string, long>();

        foreach (var name in names.Where(present.Contains))
        {
            counts[name] = 0;
            Dictionary<string, AttributeValue>? from = null;

            do
            {
                var page = await client.ScanAsync(
                    new ScanRequest { TableName = name, Select = "COUNT", ConsistentRead = true, ExclusiveStartKey = from }, stop);
                counts[name] += page.Count ?? 0;
                from = page.LastEvaluatedKey;
            }
            while (from is { Count: > 0 });
        }

        return counts;
    }

    public void Dispose() => client.Dispose();

    private async Task<IReadOnlySet<string>> PresentAsync(CancellationToken stop)
    {
        var names = new HashSet<string>();
        string? from = null;

        do
        {
            var page = await client.ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = from }, stop);
            names.UnionWith(page.TableNames ?? []);
            from = page.LastEvaluatedTableName;
        }
        while (from is not null);

        return names;
    }

    private async Task CreateAsync(string name, JsonObject description, CancellationToken stop)
    {
        await client.CreateTableAsync(Describe(name, description), stop);

        if ((string?)description["ttl"] is { } attribute)
        {
            var expiry = new TimeToLiveSpecification { Enabled = true, AttributeName = attribute };
            await client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = name, TimeToLiveSpecification = expiry }, stop);
        }
    }

    private static CreateTableRequest Describe(string name, JsonObject description)
    {
        var indexes = description["indexes"]?.AsObject() ?? [];
        List<KeySchemaElement> key = Key(description["key"]!);

        return new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = key,
            AttributeDefinitions = [.. key.Concat(indexes.SelectMany(index => Key(index.Value!))).Select(element => element.AttributeName).Distinct()
                .Select(attribute => new AttributeDefinition(attribute, ScalarAttributeType.S))],
            GlobalSecondaryIndexes = indexes.Count == 0 ? null : [.. indexes.Select(index => new GlobalSecondaryIndex
            {
                IndexName = index.Key,
                KeySchema = Key(index.Value!),
                Projection = new Projection { ProjectionType = ProjectionType.ALL },
            })],
        };
    }

    private static List<KeySchemaElement> Key(JsonNode key) =>
        (string?)key["sort"] is { } sort
            ? [new((string)key["partition"]!, KeyType.HASH), new(sort, KeyType.RANGE)]
            : [new((string)key["partition"]!, KeyType.HASH)];

    private async Task CheckAsync(CreateTableRequest wanted, CancellationToken stop)
    {
        var found = (await client.DescribeTableAsync(wanted.TableName, stop)).Table;

        static string Text(string name, IEnumerable<KeySchemaElement> keys) => $"{name}({string.Join(',', keys.Select(key => key.AttributeName))})";

        string[] before =
            [
                Text("key", found.KeySchema),
                .. (found.GlobalSecondaryIndexes ?? []).Select(index => Text(index.IndexName, index.KeySchema)).Order(StringComparer.Ordinal)
            ];
        string[] now =
            [
                Text("key", wanted.KeySchema),
                .. (wanted.GlobalSecondaryIndexes ?? []).Select(index => Text(index.IndexName, index.KeySchema)).Order(StringComparer.Ordinal)
            ];

        if (!before.SequenceEqual(now))
        {
            throw new PlatformException(
                $"Table {wanted.TableName} exists with {string.Join(' ', before)}; the contract wants {string.Join(' ', now)}.",
                "Keys of a table cannot be changed. Locally, `./causeway down` drops the data and `./causeway up` starts over.");
        }
    }
}
