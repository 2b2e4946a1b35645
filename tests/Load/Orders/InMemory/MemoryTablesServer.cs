using System.Net;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Causeway.LoadScenarios.Orders.InMemory;

/// <summary>Answers DynamoDB's own protocol over HTTP (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference), out of memory.</summary>
internal sealed class MemoryTablesServer : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly MemoryTables tables;

    private MemoryTablesServer(WebApplication server, MemoryTables tables) => (this.server, this.tables) = (server, tables);

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private init; } = new("http://localhost");

    /// <summary>Starts one with the tables, keys and indexes that another DynamoDB has, and no items.</summary>
    /// <param name="address">Of this machine, where it listens on a free port.</param>
    public static async Task<MemoryTablesServer> StartAsync(IAmazonDynamoDB like, IPAddress address, CancellationToken stop)
    {
        var tables = new Dictionary<string, MemoryTable>();

        foreach (var name in (await like.ListTablesAsync(stop)).TableNames)
        {
            var table = (await like.DescribeTableAsync(name, stop)).Table;
            var indexes = (table.GlobalSecondaryIndexes ?? []).ToDictionary(index => index.IndexName, index => KeyOf(index.KeySchema));
            tables[name] = new MemoryTable(KeyOf(table.KeySchema), indexes);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        var server = builder.Build();
        var started = new MemoryTablesServer(server, new MemoryTables(tables));
        server.Run(started.AnswerAsync);
        await server.StartAsync(stop);

        return new MemoryTablesServer(server, started.tables) { Address = new Uri(server.Urls.Single()) };
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static TableKey KeyOf(List<Amazon.DynamoDBv2.Model.KeySchemaElement> schema) => new(
        schema.Single(element => element.KeyType == KeyType.HASH).AttributeName,
        schema.SingleOrDefault(element => element.KeyType == KeyType.RANGE)?.AttributeName);

    private async Task AnswerAsync(HttpContext http)
    {
        // DynamoDB_20120810.PutItem
        var operation = http.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var call = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
        JsonObject answer;

        try
        {
            answer = tables.Answer(operation, call);
        }
        catch (DynamoError refused)
        {
            http.Response.StatusCode = 400;
            answer = new() { ["__type"] = $"com.amazonaws.dynamodb.v20120810#{refused.Type}", ["message"] = refused.Message };

            foreach (var (name, value) in new (string, JsonNode?)[] { ("Item", refused.Item), ("CancellationReasons", refused.Reasons) })
            {
                if (value is not null)
                {
                    answer[name] = value;
                }
            }
        }
        catch (NotSupportedException unknown)
        {
            // Told apart from a fault of the services: it is the double that has to learn something.
            http.Response.StatusCode = 501;
            answer = new() { ["__type"] = "NotSupported", ["message"] = unknown.Message };
        }

        var body = System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString());
        http.Response.ContentType = "application/x-amz-json-1.0";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }
}
