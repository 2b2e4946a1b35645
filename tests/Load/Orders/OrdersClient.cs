using System.Net;
using System.Text;
using System.Text.Json;
using Causeway.Harness.Local;
using Causeway.Load;
using Causeway.Load.Verification;

namespace Causeway.LoadScenarios.Orders;

/// <summary>What came of a request to place an order.</summary>
/// <param name="Knowledge">What the client knows of the order.</param>
/// <param name="Id">The order's, if it was accepted.</param>
/// <param name="IsSoldOut">Whether it was refused for lack of stock, for good.</param>
/// <param name="IsInProgress">Whether an earlier request with its key is still worked on, or was by a process that is gone.</param>
internal sealed record PlaceAnswer(OutcomeKind Kind, Knowledge Knowledge, string? Id = null, bool IsSoldOut = false, bool IsInProgress = false);

/// <summary>Asks through the edge, as customers do, and makes an outcome of whatever comes back. It never repeats a request.</summary>
internal sealed class OrdersClient : IDisposable
{
    /// <summary>Longer than a gateway may take for one attempt: what is not answered by then is lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient http;

    /// <param name="at">Where to ask; null: the edge.</param>
    /// <param name="keepsConnections">Whether a connection serves more than one request.</param>
    public OrdersClient(LocalPlatform platform, Uri? at = null, bool keepsConnections = true) => http = new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionLifetime = keepsConnections ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
        MaxConnectionsPerServer = 1024,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        UseProxy = false,
        // The traces are the services' own: a generator that begins some would only cost.
        ActivityHeadersPropagator = null,
    })
    {
        BaseAddress = at ?? new UriBuilder(platform.Addresses.Edge) { Host = "127.0.0.1" }.Uri,
        Timeout = Patience,
    };

    public void Dispose() => http.Dispose();

    public async Task<PlaceAnswer> PlaceAsync(string customer, string key, Line[] lines, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = new StringContent(Line.OrderJson(customer, lines), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        try
        {
            using var answer = await http.SendAsync(request, stop);
            using var body = await BodyAsync(answer, stop);

            return Understand(answer, body?.RootElement, customer);
        }
        catch (Exception error) when (!stop.IsCancellationRequested && Outcome.Of(error) is { } kind)
        {
            return new PlaceAnswer(kind, kind is OutcomeKind.ConnectionRefused ? Knowledge.Refused : Knowledge.Unknown);
        }
    }

    /// <summary>Reads one order.</summary>
    public Task<Outcome> ShowAsync(string id, CancellationToken stop) => Outcome.AtAsync("GET /orders/{id}", async () =>
    {
        using var answer = await http.GetAsync($"/orders/{id}", stop);
        using var body = await BodyAsync(answer, stop);

        return answer.StatusCode is not HttpStatusCode.OK ? Outcome.Of(answer.StatusCode, answer.Headers.RetryAfter is not null)
            : Text(body?.RootElement, "id") == id ? OutcomeKind.Ok
            : OutcomeKind.WrongAnswer;
    }, stop);

    /// <summary>Reads a customer's latest orders.</summary>
    public Task<Outcome> ListAsync(string customer, CancellationToken stop) => Outcome.AtAsync("GET /orders", async () =>
    {
        using var answer = await http.GetAsync($"/orders?customer={customer}&limit=10", stop);
        using var body = await BodyAsync(answer, stop);

        return answer.StatusCode is not HttpStatusCode.OK ? Outcome.Of(answer.StatusCode, answer.Headers.RetryAfter is not null)
            : body!.RootElement.GetProperty("orders").EnumerateArray().All(order => Text(order, "customer") == customer) ? OutcomeKind.Ok
            : OutcomeKind.WrongAnswer;
    }, stop);

    private static PlaceAnswer Understand(HttpResponseMessage answer, JsonElement? body, string customer)
    {
        var type = Text(body, "type") ?? "";

        return answer.StatusCode switch
        {
            HttpStatusCode.Created => Text(body, "customer") == customer && Text(body, "id") is { } id
                ? new PlaceAnswer(OutcomeKind.Ok, Knowledge.Acknowledged, id)
                : new PlaceAnswer(OutcomeKind.WrongAnswer, Knowledge.Unknown),
            HttpStatusCode.Conflict when Is("order-rejected") => new PlaceAnswer(OutcomeKind.ClientError, Knowledge.Refused, IsSoldOut: true),
            HttpStatusCode.Conflict when Is("request-in-progress") => new PlaceAnswer(OutcomeKind.ClientError, Knowledge.Unknown, IsInProgress: true),
            // Another 503 is of a request that began: it may have come through.
            var status => new PlaceAnswer(
                Outcome.Of(status, answer.Headers.RetryAfter is not null), Is("overloaded") ? Knowledge.Refused : Knowledge.Unknown),
        };

        bool Is(string problem) => type.EndsWith(problem, StringComparison.Ordinal);
    }

    private static async Task<JsonDocument?> BodyAsync(HttpResponseMessage answer, CancellationToken stop) =>
        answer.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal)
            ? await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop)
            : null;

    private static string? Text(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) ? value.GetString() : null;
}
