using System.Net;
using System.Text.Json;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Orders.Gateway;

/// <summary>What the processor said to a reservation.</summary>
internal abstract record ReserveOutcome
{
    public sealed record Reserved : ReserveOutcome;

    public sealed record Short(IReadOnlyList<ShortLine> Lines) : ReserveOutcome;

    /// <summary>The order was cancelled in the meantime.</summary>
    public sealed record Released : ReserveOutcome;

    /// <summary>It did not say, or cannot right now: stock may have been taken or not.</summary>
    public sealed record Unknown(string Why) : ReserveOutcome;

    /// <summary>It failed, and will fail again: stock may have been taken or not.</summary>
    public sealed record Failed(string Why) : ReserveOutcome;
}

/// <summary>Calls the processor. Each call may be repeated, because the processor acts once per order.</summary>
internal sealed class ProcessorClient(HttpClient http, TimeProvider clock)
{
    private const string StockShort = "urn:causeway:problem:stock-short";
    private const string ReservationReleased = "urn:causeway:problem:reservation-released";
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline = Build(clock);

    public async Task<ReserveOutcome> ReserveAsync(string orderId, IReadOnlyList<OrderLine> lines, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Reservation(orderId, lines), GatewayJson.Default.Reservation);

        try
        {
            using var answer = await SendAsync(HttpMethod.Post, "/reservations", body, stop);

            return answer.StatusCode switch
            {
                HttpStatusCode.Created or HttpStatusCode.OK => new ReserveOutcome.Reserved(),
                HttpStatusCode.Conflict => Explain(await answer.Content.ReadFromJsonAsync(GatewayJson.Default.Refusal, stop)),
                var status => Fault(ProcessorFaults.KindOf(status), $"it answered {(int)status}"),
            };
        }
        catch (Exception fault) when (ProcessorFaults.KindOf(fault) is { } kind)
        {
            return Fault(kind, fault.Message);
        }

        static ReserveOutcome Fault(FaultKind? kind, string why) =>
            kind == FaultKind.Passing ? new ReserveOutcome.Unknown(why) : new ReserveOutcome.Failed(why);
    }

    /// <returns>Whether the processor has confirmed that the order holds no stock and never will.</returns>
    public async Task<bool> ReleaseAsync(string orderId, CancellationToken stop)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Delete, $"/reservations/{orderId}", body: null, stop);
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (Exception fault) when (ProcessorFaults.KindOf(fault) is not null && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private ValueTask<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken stop) =>
        pipeline.ExecuteAsync(
            async (call, stop) =>
            {
                using var request = new HttpRequestMessage(call.method, call.path);

                if (call.body is not null)
                {
                    request.Content = new ByteArrayContent(call.body) { Headers = { ContentType = new("application/json") } };
                }

                return await call.http.SendAsync(request, stop);
            },
            (http, method, path, body),
            stop);

    private static ReserveOutcome Explain(Refusal? refusal) => refusal switch
    {
        { Type: StockShort, Short: { Count: > 0 } lines } => new ReserveOutcome.Short(lines),
        { Type: ReservationReleased } => new ReserveOutcome.Released(),
        _ => new ReserveOutcome.Failed($"it refused with {refusal?.Type}"),
    };

    /// <summary>From the outside in: a deadline for all, retries, the breaker, a deadline for each try.</summary>
    private static ResiliencePipeline<HttpResponseMessage> Build(TimeProvider clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddTimeout(TimeSpan.FromSeconds(5))
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = static args => new(ProcessorFaults.IsWorthAnotherTry(args.Outcome) && RetryBudget.TryTake()),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(1),
                MaxRetryAttempts = 4,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = static args => new(ProcessorFaults.CountsForBreaker(args.Outcome)),
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(2),
            })
            .AddTimeout(TimeSpan.FromSeconds(1.5))
            .Build();

    internal sealed record Reservation(string OrderId, IReadOnlyList<OrderLine> Lines);

    /// <summary>Of the processor's problem details, what the gateway acts on.</summary>
    internal sealed record Refusal(string? Type = null, IReadOnlyList<ShortLine>? Short = null);
}

internal static class ProcessorFeature
{
    public static void AddProcessor(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(services => new ProcessorClient(
            new HttpClient(new SocketsHttpHandler
            {
                // Connections are renewed often enough to find new replicas, and the gone ones out.
                PooledConnectionLifetime = TimeSpan.FromSeconds(10),
                ConnectTimeout = TimeSpan.FromSeconds(1),
                ConnectCallback = Discovery.ConnectAsync,
            })
            {
                BaseAddress = new Uri(services.GetRequiredService<IOptions<GatewayOptions>>().Value.ProcessorUrl),
            },
            services.GetRequiredService<TimeProvider>()));
}
