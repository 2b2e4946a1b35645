using System.Net;
using System.Text.Json;
using Causeway.ServiceDefaults;
using Polly;
using Polly.Timeout;

namespace Orders.Gateway;

/// <summary>Which of the processor's faults pass and which last.</summary>
internal static class ProcessorFaults
{
    /// <returns>Null for an answer to the question that was asked.</returns>
    public static FaultKind? KindOf(HttpStatusCode status) => (int)status switch
    {
        408 or 425 or 429 or 502 or 503 or 504 => FaultKind.Passing,
        >= 200 and < 300 or 409 => null,
        _ => FaultKind.Lasting,
    };

    /// <returns>Null for an exception that calling the processor does not throw.</returns>
    public static FaultKind? KindOf(Exception fault) => fault switch
    {
        HttpRequestException or IOException or TimeoutRejectedException or ExecutionRejectedException or OperationCanceledException => FaultKind.Passing,
        JsonException => FaultKind.Lasting,
        _ => null,
    };

    /// <summary>
    /// Whether another try may help at once. An answer of 503 says that the processor has spent its own tries, or has too much to do: trying again from here
    /// would multiply the load.
    /// </summary>
    public static bool IsWorthAnotherTry(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    /// <summary>
    /// Whether it counts against the processor as a whole: only when no answer came. What a request's own data cause, which is an answer of 500, says
    /// nothing about the requests of others; neither does 503, by which a healthy processor sheds load.
    /// </summary>
    public static bool CountsForBreaker(Outcome<HttpResponseMessage> outcome) => IsWorthAnotherTry(outcome);
}
