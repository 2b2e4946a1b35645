using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Traffic;

/// <summary>
/// DynamoDB's protocol: a header names the operation, a JSON body what it is about. The parts of a transaction are allowed or refused as what they are.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html,
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
/// </summary>
public sealed class DynamoDb : ICloudService
{
    public string Name => "dynamodb";

    public IEnumerable<(string Action, string Resource)> Needs(SentRequest request)
    {
        var operation = request.Headers.GetValueOrDefault("x-amz-target", "").Split('.')[^1];
        var body = JsonNode.Parse(request.Body) as JsonObject ?? throw new NotSupportedException($"{operation} without a JSON body.");

        return operation switch
        {
            "GetItem" or "PutItem" or "UpdateItem" or "DeleteItem" => [($"dynamodb:{operation}", Table(body))],
            "Query" or "Scan" => [($"dynamodb:{operation}", body["IndexName"] is { } index ? $"{Table(body)}/index/{index}" : Table(body))],
            "BatchGetItem" or "BatchWriteItem" => body["RequestItems"]!.AsObject().Select(table => ($"dynamodb:{operation}", $"table/{table.Key}")),
            "TransactGetItems" => Parts(body).Select(part => ("dynamodb:GetItem", Table(part.Value!))),
            "TransactWriteItems" => Parts(body).Select(part =>
                (part.Key is "ConditionCheck" ? "dynamodb:ConditionCheckItem" : $"dynamodb:{part.Key}Item", Table(part.Value!))),
            _ => throw new NotSupportedException($"The operation {operation} of {Name}: add it to {nameof(DynamoDb)}.cs."),
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Parts(JsonObject body) =>
        body["TransactItems"]!.AsArray().SelectMany(item => item!.AsObject());

    private static string Table(JsonNode request) => $"table/{request["TableName"]}";
}
