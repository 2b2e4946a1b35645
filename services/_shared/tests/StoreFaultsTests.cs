using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Causeway.DynamoDb;
using Causeway.ServiceDefaults;

namespace Causeway.Services.Tests;

public sealed class StoreFaultsTests
{
    [Fact]
    public void Every_exception_class_of_the_SDK_is_in_the_table()
    {
        Type[] all =
        [
            .. new[] { typeof(AmazonDynamoDBClient).Assembly, typeof(AmazonServiceException).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type => typeof(Exception).IsAssignableFrom(type) && !type.IsAbstract)
                // Their error code or their status says what these two are.
                .Where(type => type != typeof(AmazonServiceException) && type != typeof(AmazonDynamoDBException)),
        ];

        Assert.True(all.Length > 50, $"Only {all.Length} exception classes were found.");
        Assert.Empty(all.Where(type => !StoreFaults.Table.ContainsKey(type.Name)).Select(type => type.FullName));
    }

    [Fact]
    public void A_class_that_is_not_in_the_table_would_be_found() => Assert.False(StoreFaults.Table.ContainsKey(nameof(UnheardOfException)));

    [Theory]
    [InlineData("ValidationException", 400, FaultKind.Lasting)]
    [InlineData("AccessDeniedException", 400, FaultKind.Lasting)]
    [InlineData("ResourceNotFoundException", 400, FaultKind.Lasting)]
    [InlineData("InvalidSignatureException", 400, FaultKind.Passing)]
    [InlineData("ThrottlingException", 400, FaultKind.Passing)]
    [InlineData("InternalServerError", 500, FaultKind.Passing)]
    [InlineData("HeardOfLater", 400, FaultKind.Lasting)]
    [InlineData("HeardOfLater", 503, FaultKind.Passing)]
    public void An_answer_is_told_by_its_code_and_an_unknown_code_by_its_status(string code, int status, FaultKind kind) =>
        Assert.Equal(kind, StoreFaults.KindOf(new AmazonDynamoDBException("m", ErrorType.Sender, code, "r", (HttpStatusCode)status)));

    [Fact]
    public void What_breaks_on_the_way_passes()
    {
        Exception[] faults = [
            new HttpRequestException(), new IOException(), new HttpIOException(default), new SocketException(), new TimeoutException(),
            new TaskCanceledException()
        ];

        Assert.All(faults, fault => Assert.Equal(FaultKind.Passing, StoreFaults.KindOf(fault)));
    }

    [Fact]
    public void A_fault_of_the_program_is_not_the_stores() => Assert.Null(StoreFaults.KindOf(new KeyNotFoundException()));

    [Theory]
    [InlineData(FaultKind.Passing)]
    [InlineData(FaultKind.Passing, "None", "TransactionConflict")]
    [InlineData(FaultKind.Passing, "ConditionalCheckFailed", "ThrottlingError")]
    [InlineData(FaultKind.Lasting, "None", "ConditionalCheckFailed")]
    [InlineData(FaultKind.Lasting, "TransactionConflict", "ValidationError")]
    [InlineData(FaultKind.Lasting, "ItemCollectionSizeLimitExceeded")]
    public void A_cancelled_transaction_passes_when_something_was_busy_and_nothing_was_wrong(FaultKind kind, params string[] reasons)
    {
        var cancelled = new TransactionCanceledException("m") { CancellationReasons = [.. reasons.Select(code => new CancellationReason { Code = code })] };

        Assert.Equal(kind, StoreFaults.KindOf(cancelled));
    }

    private sealed class UnheardOfException : Exception;
}
