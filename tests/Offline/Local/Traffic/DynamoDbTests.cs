using Causeway.Harness.Local.Traffic;

namespace Causeway.Offline.Local.Traffic;

/// <summary>What each operation of DynamoDB needs, by its documentation.</summary>
public sealed class DynamoDbTests
{
    [Theory]
    [InlineData("GetItem", """{ "TableName": "t" }""", "dynamodb:GetItem table/t")]
    [InlineData("PutItem", """{ "TableName": "t" }""", "dynamodb:PutItem table/t")]
    [InlineData("UpdateItem", """{ "TableName": "t" }""", "dynamodb:UpdateItem table/t")]
    [InlineData("DeleteItem", """{ "TableName": "t" }""", "dynamodb:DeleteItem table/t")]
    [InlineData("Query", """{ "TableName": "t" }""", "dynamodb:Query table/t")]
    [InlineData("Query", """{ "TableName": "t", "IndexName": "by-day" }""", "dynamodb:Query table/t/index/by-day")]
    [InlineData("Scan", """{ "TableName": "t" }""", "dynamodb:Scan table/t")]
    [InlineData(
        "BatchGetItem", """{ "RequestItems": { "t": {}, "u": {} } }""", "dynamodb:BatchGetItem table/t, dynamodb:BatchGetItem table/u")]
    [InlineData("BatchWriteItem", """{ "RequestItems": { "t": [] } }""", "dynamodb:BatchWriteItem table/t")]
    [InlineData("TransactGetItems", """{ "TransactItems": [{ "Get": { "TableName": "t" } }] }""", "dynamodb:GetItem table/t")]
    [InlineData(
        "TransactWriteItems",
        """
        { "TransactItems": [
            { "Put": { "TableName": "t" } }, { "Update": { "TableName": "u" } }, { "Delete": { "TableName": "t" } }, { "ConditionCheck": { "TableName": "u" } }
        ] }
        """,
        "dynamodb:PutItem table/t, dynamodb:UpdateItem table/u, dynamodb:DeleteItem table/t, dynamodb:ConditionCheckItem table/u")]
    public void An_operation_needs(string operation, string body, string needs) =>
        Assert.Equal(needs, string.Join(", ", new DynamoDb().Needs(Of(operation, body)).Select(need => $"{need.Action} {need.Resource}")));

    [Theory]
    [InlineData("CreateTable", """{ "TableName": "t" }""", "The operation CreateTable of dynamodb: add it to DynamoDb.cs.")]
    [InlineData("GetItem", "[]", "GetItem without a JSON body.")]
    public void What_is_not_known_is_named(string operation, string body, string message) =>
        Assert.Equal(message, Assert.Throws<NotSupportedException>(() => new DynamoDb().Needs(Of(operation, body)).ToArray()).Message);

    private static SentRequest Of(string operation, string body) =>
        new("POST", "/", new Dictionary<string, string> { ["x-amz-target"] = $"DynamoDB_20120810.{operation}" }, body);
}
