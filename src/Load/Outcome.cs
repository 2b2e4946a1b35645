using System.Net;
using System.Net.Sockets;

namespace Causeway.Load;

/// <summary>What came of a request. Everything but <see cref="Ok"/> and <see cref="Refused"/> is an error.</summary>
public enum OutcomeKind
{
    /// <summary>The answer that was wanted.</summary>
    Ok,

    /// <summary>The server had too much to do, did nothing, and said when to come back: 429 or 503 with Retry-After.</summary>
    Refused,

    /// <summary>No answer in time. Whether the request was carried out is unknown.</summary>
    Timeout,

    /// <summary>Nothing listens: the request was not sent.</summary>
    ConnectionRefused,

    /// <summary>The connection broke. Whether the request was carried out is unknown.</summary>
    ConnectionReset,

    /// <summary>A status from 400 to 499 that was not wanted.</summary>
    ClientError,

    /// <summary>A status from 500 to 599, but for a refusal.</summary>
    ServerError,

    /// <summary>The status that was wanted, and an answer that cannot be right.</summary>
    WrongAnswer,
}

/// <summary>What came of one request.</summary>
/// <param name="Endpoint">What it is counted under, such as <c>POST /things</c>.</param>
public readonly record struct Outcome(string Endpoint, OutcomeKind Kind)
{
    /// <summary>Makes a request to an endpoint; a time-out or a broken connection becomes its outcome.</summary>
    public static async Task<Outcome> AtAsync(string endpoint, Func<Task<OutcomeKind>> request, CancellationToken stop)
    {
        try
        {
            return new Outcome(endpoint, await request().ConfigureAwait(false));
        }
        catch (Exception error) when (!stop.IsCancellationRequested && Of(error) is not null)
        {
            return new Outcome(endpoint, Of(error)!.Value);
        }
    }

    /// <summary>The kind of a status that came instead of the one that was wanted.</summary>
    public static OutcomeKind Of(HttpStatusCode status, bool hasRetryAfter) => (int)status switch
    {
        429 or 503 when hasRetryAfter => OutcomeKind.Refused,
        >= 400 and < 500 => OutcomeKind.ClientError,
        >= 500 => OutcomeKind.ServerError,
        _ => OutcomeKind.WrongAnswer,
    };

    /// <summary>The kind of an exception of the connection; null where it is another exception, which is a defect of the operation.</summary>
    public static OutcomeKind? Of(Exception error) => error switch
    {
        TimeoutException or OperationCanceledException => OutcomeKind.Timeout,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => OutcomeKind.ConnectionRefused,
        SocketException { SocketErrorCode: SocketError.TimedOut } => OutcomeKind.Timeout,
        SocketException => OutcomeKind.ConnectionReset,
        HttpRequestException { InnerException: SocketException socket } => Of(socket),
        HttpRequestException or IOException => OutcomeKind.ConnectionReset,
        _ => null,
    };
}
