using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>Ends the request with the problem it carries.</summary>
public sealed class ProblemException(ProblemDetails problem, Exception? cause = null) : Exception(problem.Detail ?? problem.Title, cause)
{
    public ProblemDetails Problem { get; } = problem;

    /// <summary>Sent as `Retry-After`, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Errors as RFC 9457 problem details, each kind with a type that never changes.</summary>
public static partial class Problem
{
    private const string Prefix = "urn:causeway:problem:";
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(2);

    /// <param name="type">The stable name of this kind of problem, without prefix.</param>
    public static ProblemDetails Of(int status, string type, string title, string? detail = null) =>
        new() { Status = status, Type = Prefix + type, Title = title, Detail = detail };

    /// <summary>400: one field is missing or malformed.</summary>
    public static ProblemException Invalid(string field, string what) =>
        Invalid(new Dictionary<string, string[]> { [field] = [what] });

    /// <summary>400: fields are missing, unknown, or of another type.</summary>
    /// <param name="errors">What is wrong, by the field's path, such as `lines[0].quantity`.</param>
    public static ProblemException Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        WithErrors(Of(StatusCodes.Status400BadRequest, "invalid-request", "The request is malformed."), errors);

    /// <summary>422: fields are well formed, but their values cannot be accepted.</summary>
    /// <param name="errors">What is wrong, by the field's path, such as `lines[0].quantity`.</param>
    public static ProblemException Unacceptable(IReadOnlyDictionary<string, string[]> errors) =>
        WithErrors(Of(StatusCodes.Status422UnprocessableEntity, "unacceptable-value", "The request has values that cannot be accepted."), errors);

    /// <summary>503: worth another try soon.</summary>
    public static ProblemException Unavailable(string detail, TimeSpan? retryAfter = null) =>
        new(Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The service cannot do this right now.", detail))
        {
            RetryAfter = retryAfter ?? RetrySoon,
        };

    /// <summary>Answers with a problem that is a result like any other, without an exception.</summary>
    public static IResult Result(ProblemDetails problem) => new ProblemResult(problem);

    /// <summary>The problems an endpoint can answer with, for its description.</summary>
    public static TBuilder Problems<TBuilder>(this TBuilder endpoint, params ReadOnlySpan<int> statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }

        return endpoint;
    }

    internal static ProblemDetails UnsupportedMediaType() => Of(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The request's body is not JSON.",
        "Content-Type must be application/json in UTF-8, and Content-Encoding, if there is one, identity.");

    internal static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = HandleAsync,
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = fault => Explain(fault.HttpContext, fault.Exception) is { Problem.Status: < StatusCodes.Status500InternalServerError }
                or { Problem.Status: StatusCodes.Status503ServiceUnavailable },
        });
        app.UseStatusCodePages(page => WriteAsync(page.HttpContext, Plain(page.HttpContext.Response.StatusCode), retryAfter: null));
    }

    private static Task HandleAsync(HttpContext http)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return Task.CompletedTask;
        }

        var fault = http.Features.Get<IExceptionHandlerFeature>()!.Error;
        var explained = Explain(http, fault);

        if (explained is { Problem.Status: StatusCodes.Status503ServiceUnavailable })
        {
            var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problem).FullName!);
            Unavailable(logger, fault.GetType().Name, fault.Message);
        }

        return WriteAsync(http, explained?.Problem ?? Plain(StatusCodes.Status500InternalServerError), explained?.RetryAfter);
    }

    /// <summary>What the client did wrong, or what passes; null for a fault that lasts.</summary>
    private static ProblemException? Explain(HttpContext http, Exception fault) => fault switch
    {
        ProblemException known => known,
        BadHttpRequestException bad => new ProblemException(Plain(bad.StatusCode)),
        _ => http.RequestServices.GetServices<IFaultTable>().FirstOrDefault(table => table.KindOf(fault) is not null) switch
        {
            { } table when table.KindOf(fault) == FaultKind.Passing => Unavailable($"{table.Dependency} does not answer in time."),
            null when fault is OperationCanceledException => Unavailable("It was not done in time."),
            _ => null,
        },
    };

    private static ProblemException WithErrors(ProblemDetails problem, IReadOnlyDictionary<string, string[]> errors)
    {
        problem.Detail = string.Join(" ", errors.Select(error => $"{error.Key} {string.Join(", ", error.Value)}."));
        problem.Extensions["errors"] = new Dictionary<string, string[]>(errors);
        return new ProblemException(problem);
    }

    /// <summary>For answers that the framework decides on.</summary>
    private static ProblemDetails Plain(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Of(
            status, "body-too-large", "The request's body is too large.", $"The body must have at most {Service.MaxBodyBytes} bytes."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(),
        _ => new() { Status = status, Type = "about:blank", Title = ReasonPhrases.GetReasonPhrase(status) },
    };

    internal static Task WriteAsync(HttpContext http, ProblemDetails problem, TimeSpan? retryAfter)
    {
        http.Response.StatusCode = problem.Status!.Value;

        if (retryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        if (problem.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            http.Response.Headers.Accept = "application/json";
            http.Response.Headers.AcceptEncoding = "identity";
        }

        problem.Extensions.TryAdd("traceId", Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
        var json = http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;

        return http.Response.WriteAsJsonAsync(
            problem, json.GetTypeInfo(typeof(ProblemDetails)), "application/problem+json", http.RequestAborted);
    }

    private sealed class ProblemResult(ProblemDetails problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem, retryAfter: null);
    }

    [LoggerMessage(LogLevel.Warning, "Answered 503 because of {Fault}: {Message}")]
    private static partial void Unavailable(ILogger logger, string fault, string message);
}
