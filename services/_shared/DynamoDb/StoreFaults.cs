using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Causeway.ServiceDefaults;

namespace Causeway.DynamoDb;

/// <summary>Which of DynamoDB's faults pass and which last.</summary>
public sealed class StoreFaults : IFaultTable
{
    /// <summary>Reasons for which a transaction is cancelled and may succeed later.</summary>
    private static readonly HashSet<string> BusyReasons = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>Reasons that say nothing about the transaction's fate by themselves: the item was fine.</summary>
    private const string NoReason = "None";

    public string Dependency => "The store";

    /// <summary>By the name of an exception's class or by the error code of DynamoDB's answer.</summary>
    internal static IReadOnlyDictionary<string, FaultKind> Table { get; } = new Dictionary<string, FaultKind>
    {
        // Too much at once, or others hold the item.
        ["ProvisionedThroughputExceededException"] = FaultKind.Passing,
        ["ThrottlingException"] = FaultKind.Passing,
        ["Throttling"] = FaultKind.Passing,
        ["RequestLimitExceeded"] = FaultKind.Passing,
        ["RequestLimitExceededException"] = FaultKind.Passing,
        ["LimitExceededException"] = FaultKind.Passing,
        ["TransactionConflictException"] = FaultKind.Passing,
        ["TransactionInProgressException"] = FaultKind.Passing,
        ["ReplicatedWriteConflictException"] = FaultKind.Passing,

        // DynamoDB itself is ill, or a table, a backup or an endpoint is being changed.
        ["InternalServerError"] = FaultKind.Passing,
        ["InternalServerErrorException"] = FaultKind.Passing,
        ["InternalFailure"] = FaultKind.Passing,
        ["ServiceUnavailable"] = FaultKind.Passing,
        ["ServiceUnavailableException"] = FaultKind.Passing,
        ["RequestTimeout"] = FaultKind.Passing,
        ["RequestTimeoutException"] = FaultKind.Passing,
        ["InvalidEndpointException"] = FaultKind.Passing,
        ["ResourceInUseException"] = FaultKind.Passing,
        ["TableInUseException"] = FaultKind.Passing,
        ["BackupInUseException"] = FaultKind.Passing,
        ["ContinuousBackupsUnavailableException"] = FaultKind.Passing,
        ["PointInTimeRecoveryUnavailableException"] = FaultKind.Passing,

        // A clock that is off, or credentials that are being rotated: the SDK corrects the clock and fetches new ones.
        ["InvalidSignatureException"] = FaultKind.Passing,
        ["SignatureDoesNotMatch"] = FaultKind.Passing,
        ["RequestExpired"] = FaultKind.Passing,
        ["RequestTimeTooSkewed"] = FaultKind.Passing,
        ["ExpiredToken"] = FaultKind.Passing,
        ["ExpiredTokenException"] = FaultKind.Passing,
        ["UnrecognizedClientException"] = FaultKind.Passing,
        ["InvalidClientTokenId"] = FaultKind.Passing,
        ["MissingAuthenticationToken"] = FaultKind.Passing,
        ["MissingAuthenticationTokenException"] = FaultKind.Passing,

        // The request itself is wrong, or what it names is not there, or it is not allowed.
        ["ValidationException"] = FaultKind.Lasting,
        ["SerializationException"] = FaultKind.Lasting,
        ["UnknownOperationException"] = FaultKind.Lasting,
        ["IncompleteSignatureException"] = FaultKind.Lasting,
        ["AccessDeniedException"] = FaultKind.Lasting,
        ["NotAuthorized"] = FaultKind.Lasting,
        ["OptInRequired"] = FaultKind.Lasting,
        ["ResourceNotFoundException"] = FaultKind.Lasting,
        ["TableNotFoundException"] = FaultKind.Lasting,
        ["IndexNotFoundException"] = FaultKind.Lasting,
        ["ItemCollectionSizeLimitExceededException"] = FaultKind.Lasting,
        ["IdempotentParameterMismatchException"] = FaultKind.Lasting,
        ["DuplicateItemException"] = FaultKind.Lasting,
        ["TableAlreadyExistsException"] = FaultKind.Lasting,
        ["GlobalTableAlreadyExistsException"] = FaultKind.Lasting,
        ["GlobalTableNotFoundException"] = FaultKind.Lasting,
        ["ReplicaAlreadyExistsException"] = FaultKind.Lasting,
        ["ReplicaNotFoundException"] = FaultKind.Lasting,
        ["BackupNotFoundException"] = FaultKind.Lasting,
        ["PolicyNotFoundException"] = FaultKind.Lasting,
        ["ExportConflictException"] = FaultKind.Lasting,
        ["ExportNotFoundException"] = FaultKind.Lasting,
        ["ImportConflictException"] = FaultKind.Lasting,
        ["ImportNotFoundException"] = FaultKind.Lasting,
        ["InvalidExportTimeException"] = FaultKind.Lasting,
        ["InvalidRestoreTimeException"] = FaultKind.Lasting,

        // Outcomes rather than faults: who asked with a condition handles them, so one that surfaces was forgotten.
        ["ConditionalCheckFailedException"] = FaultKind.Lasting,
        ["TransactionCanceledException"] = FaultKind.Lasting, // with reasons of which none is busy: see KindOf

        // The SDK: no connection, no credentials yet, an answer that broke off.
        ["AmazonClientException"] = FaultKind.Passing,
        ["AmazonUnmarshallingException"] = FaultKind.Passing,
        ["AmazonDateTimeUnmarshallingException"] = FaultKind.Passing,
        ["HttpErrorResponseException"] = FaultKind.Passing,
        ["ProcessAWSCredentialException"] = FaultKind.Passing,
        ["FederatedAuthenticationFailureException"] = FaultKind.Passing,

        // The SDK: it is installed, configured or used wrongly.
        ["AmazonAccountIdException"] = FaultKind.Lasting,
        ["AWSCommonRuntimeException"] = FaultKind.Lasting,
        ["MissingRuntimeDependencyException"] = FaultKind.Lasting,
        ["ProfileNotFoundException"] = FaultKind.Lasting,
        ["FederatedAuthenticationCancelledException"] = FaultKind.Lasting,
        ["IMDSDisabledException"] = FaultKind.Lasting,
        ["SignatureException"] = FaultKind.Lasting,
        ["InvalidDocumentTypeConversionException"] = FaultKind.Lasting,
        ["EventStreamException"] = FaultKind.Lasting,
        ["EventStreamChecksumFailureException"] = FaultKind.Lasting,
        ["EventStreamDecoderIllegalStateException"] = FaultKind.Lasting,
        ["EventStreamErrorCodeException"] = FaultKind.Lasting,
        ["EventStreamParseException"] = FaultKind.Lasting,
        ["EventStreamValidationException"] = FaultKind.Lasting,
        ["UnknownEventStreamException"] = FaultKind.Lasting,
        ["UnknownEventStreamMessageTypeException"] = FaultKind.Lasting,

        // The way there.
        [nameof(HttpRequestException)] = FaultKind.Passing,
        [nameof(IOException)] = FaultKind.Passing,
        [nameof(SocketException)] = FaultKind.Passing,
        [nameof(TimeoutException)] = FaultKind.Passing,
        [nameof(OperationCanceledException)] = FaultKind.Passing,
    };

    FaultKind? IFaultTable.KindOf(Exception fault) => KindOf(fault);

    /// <returns>Null for an exception that neither DynamoDB nor the way to it throws.</returns>
    public static FaultKind? KindOf(Exception fault) => fault switch
    {
        TransactionCanceledException cancelled => KindOf(cancelled.CancellationReasons ?? []),
        AmazonServiceException { ErrorCode: { Length: > 0 } code } when Table.TryGetValue(code, out var kind) => kind,
        AmazonServiceException service => ByName(fault.GetType()) ?? ByStatus((int)service.StatusCode),
        _ => ByName(fault.GetType()),
    };

    /// <summary>Passing when something in it was busy and nothing in it was wrong. Without reasons nothing is known of it, and it may be tried again.</summary>
    private static FaultKind KindOf(List<CancellationReason> reasons) =>
        reasons.All(reason => reason.Code is NoReason or Transactions.ConditionFailed || BusyReasons.Contains(reason.Code))
        && (reasons.Count == 0 || reasons.Any(reason => BusyReasons.Contains(reason.Code)))
            ? FaultKind.Passing
            : FaultKind.Lasting;

    /// <summary>A class, or the nearest class that it extends.</summary>
    private static FaultKind? ByName(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Table.TryGetValue(type.Name, out var kind))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>For an error code of which this table has not heard yet. 0: there was no answer.</summary>
    private static FaultKind ByStatus(int status) => status is 0 or 408 or 429 or >= 500 ? FaultKind.Passing : FaultKind.Lasting;
}
