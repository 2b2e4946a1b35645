using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Causeway.Harness.Local;

/// <summary>Creates the contract's <c>tables</c> in DynamoDB Local, as Terraform does in the cloud.</summary>
public sealed class Tables(Uri endpoint, string region) : IDisposable
{
    private readonly AmazonDynamoDBClient client = new(
        new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = region });

    /// <summary>The API, for tests that look at what was stored.</summary>
    public IAmazonDynamoDB Client => client;

    /// <summary>Creates what is missing; returns how many tables it created.</summary>
    /// <param name="tables">The contract's <c>resources.tables</c>.</param>
    /// <param name="prefix">What precedes each name, <c>&lt;env&gt;-&lt;workload&gt;-</c>.</param>
    /// <exception cref="PlatformException">A table exists with other keys.</exception>
    public async Task<int> EnsureAsync(JsonObject tables, string prefix, CancellationToken stop)
    {
        var present = (await client.ListTablesAsync(stop)).TableNames ?? [];
        var created = 0;

        foreach (var (name, description) in tables)
        {
            var wanted = Describe(prefix + name, description!.AsObject());

            if (present.Contains(wanted.TableName))
            {
                await CheckAsync(wanted, stop);
                continue;
            }

            await client.CreateTableAsync(wanted, stop);
            created++;

            if ((string?)description["ttl"] is { } attribute)
            {
                await client.UpdateTimeToLiveAsync(
                    new UpdateTimeToLiveRequest { TableName = wanted.TableName, TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = true, AttributeName = attribute } }, stop);
            }
        }

        return created;
    }

    public void Dispose() => client.Dispose();

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

        string[] before = [Text("key", found.KeySchema), .. (found.GlobalSecondaryIndexes ?? []).Select(index => Text(index.IndexName, index.KeySchema)).Order(StringComparer.Ordinal)];
        string[] now = [Text("key", wanted.KeySchema), .. (wanted.GlobalSecondaryIndexes ?? []).Select(index => Text(index.IndexName, index.KeySchema)).Order(StringComparer.Ordinal)];

        if (!before.SequenceEqual(now))
        {
            throw new PlatformException(
                $"Table {wanted.TableName} exists with {string.Join(' ', before)}; the contract wants {string.Join(' ', now)}.",
                "Keys of a table cannot be changed. Locally, `./causeway down` drops the data and `./causeway up` begins anew.");
        }
    }
}
