using Causeway.Load;
using Causeway.Load.Measurement;
using Causeway.Load.Models;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Load;

/// <summary>What models do and measure, on a clock that the test moves.</summary>
public sealed class ModelTests
{
    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private LoadOptions Options => new() { Clock = clock, ProcessorTime = () => TimeSpan.Zero };

    // Off the test's own context, so that whatever a tick sets off is over when the clock has moved.
    private Task<LoadResult> RunAsync(Func<Task<LoadResult>> run) => Task.Run(
        async () =>
        {
            var running = run();

            while (!running.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            return await running;
        },
        Stop);

    private Operation Answer(Func<Arrival, TimeSpan> after, OutcomeKind kind = OutcomeKind.Ok) => async (arrival, stop) =>
    {
        await Task.Delay(after(arrival), clock, stop).ConfigureAwait(false);

        return new Outcome("GET /", kind);
    };

    private Task<LoadResult> OpenAsync(RateProfile profile, Operation operation, LoadOptions? options = null) =>
        RunAsync(() => new OpenModel(profile).RunAsync(operation, options ?? Options, Stop));

    [Fact]
    public async Task An_open_model_goes_on_while_the_server_is_silent()
    {
        // The first answer takes as long as the whole run.
        var result = await OpenAsync(
            RateProfile.Constant(100, Seconds(2)), Answer(arrival => arrival.Number is 0 ? Seconds(2) : TimeSpan.FromMilliseconds(5)));

        Assert.Equal((200, 200, 0), (result.Intended, result.Started, result.Dropped));
        Assert.Equal(100, result.IntendedRate);
        Assert.Equal(200, result.Count(OutcomeKind.Ok));
        Assert.Empty(result.Invalid);
    }

    [Fact]
    public async Task Latency_counts_from_the_intended_start_and_service_time_from_the_actual_one()
    {
        // One slot, and a server that takes a second once: arrivals wait in front of it.
        var options = Options with { Slots = 1 };
        var result = await OpenAsync(
            RateProfile.Constant(50, Seconds(4)), Answer(arrival => arrival.Number is 50 ? Seconds(1) : TimeSpan.FromMilliseconds(2)), options);

        Assert.InRange(result.Latency.Percentile(90), 500, 1100);
        Assert.InRange(result.Service.Percentile(90), 1, 100);
        Assert.InRange(result.Service.Percentile(100), 1000, 1100);
    }

    [Fact]
    public async Task What_begins_in_the_warm_up_is_not_measured()
    {
        var result = await OpenAsync(
            RateProfile.Constant(10, Seconds(4)),
            Answer(arrival => arrival.Intended < Seconds(2) ? Seconds(1) : TimeSpan.FromMilliseconds(10)),
            Options with { WarmUp = Seconds(2) });

        Assert.Equal((20, 20, 10), (result.Intended, result.Started, (int)result.IntendedRate));
        Assert.InRange(result.Latency.Percentile(100), 1, 500);
        Assert.Equal(40, result.Timeline.Sum(second => second.Ok));
    }

    [Fact]
    public async Task A_run_with_dropped_arrivals_is_invalid()
    {
        var result = await OpenAsync(RateProfile.Constant(100, Seconds(1)), Answer(_ => Seconds(5)), Options with { MostOutstanding = 10 });

        Assert.Equal((100, 10, 90), (result.Intended, result.Started, result.Dropped));
        Assert.Contains(result.Invalid, reason => reason.StartsWith("90 arrivals were dropped", StringComparison.Ordinal));
        Assert.Contains(result.Invalid, reason => reason.Contains("less than 99 %", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_falls_behind_its_rate_is_invalid()
    {
        // One slot answers ten a second, and twenty come.
        var result = await OpenAsync(
            RateProfile.Constant(20, Seconds(2)), Answer(_ => TimeSpan.FromMilliseconds(100)), Options with { Slots = 1 });

        Assert.Equal((40, 0), (result.Started, result.Dropped));
        Assert.Contains("less than 99 %", Assert.Single(result.Invalid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_generator_uses_too_much_of_a_processor_is_invalid()
    {
        async Task<LoadResult> WithAsync(double cores) => await OpenAsync(
            RateProfile.Constant(10, Seconds(2)),
            Answer(_ => TimeSpan.FromMilliseconds(1)),
            new LoadOptions { Clock = clock, ProcessorTime = () => cores * (clock.GetUtcNow() - DateTimeOffset.UnixEpoch) });

        Assert.Empty((await WithAsync(0.2)).Invalid);
        Assert.Contains("the generator used 0.30 cores", Assert.Single((await WithAsync(0.3)).Invalid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_request_is_invalid()
    {
        var result = await OpenAsync(
            RateProfile.Constant(10, Seconds(1)).Then(RateProfile.Constant(0, Seconds(1))),
            Answer(_ => TimeSpan.Zero),
            Options with { WarmUp = Seconds(1) });

        Assert.Equal(["no request was measured"], result.Invalid);
    }

    [Fact]
    public async Task Outcomes_are_counted_by_their_kind_and_refusals_are_apart_from_latency()
    {
        var kinds = Enum.GetValues<OutcomeKind>();
        var result = await OpenAsync(
            RateProfile.Constant(10, Seconds(8)),
            async (arrival, stop) =>
            {
                var kind = kinds[arrival.Number % kinds.Length];
                await Task.Delay(kind is OutcomeKind.Refused ? Seconds(1) : TimeSpan.FromMilliseconds(10), clock, stop).ConfigureAwait(false);

                return new Outcome("GET /", kind);
            });
        var endpoint = Assert.Single(result.Endpoints);

        Assert.All(kinds, kind => Assert.Equal(10, endpoint.Count(kind)));
        Assert.Equal((80, 60), (endpoint.Requests, endpoint.Errors));
        Assert.Equal(0.75, result.ErrorRatio);
        Assert.Equal((70, 10), (endpoint.Latency.Count, endpoint.Refusal.Count));
        Assert.InRange(endpoint.Latency.Percentile(100), 10, 200);
        Assert.InRange(endpoint.Refusal.Percentile(50), 1000, 1200);
    }

    [Fact]
    public async Task A_closed_model_never_has_more_requests_under_way_than_clients()
    {
        int now = 0, most = 0;
        var result = await RunAsync(() => new ClosedModel(3, Seconds(2)).RunAsync(
            async (_, stop) =>
            {
                var underWay = Interlocked.Increment(ref now);
                most = Math.Max(most, underWay);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stop).ConfigureAwait(false);
                Interlocked.Decrement(ref now);

                return new Outcome("GET /", OutcomeKind.Ok);
            },
            Options,
            Stop));

        Assert.Equal(3, most);
        Assert.InRange(result.Started, 30, 60);
        Assert.False(result.IsOpen);
        Assert.Empty(result.Invalid);
    }

    [Fact]
    public async Task A_client_of_a_closed_model_thinks_between_two_requests()
    {
        var result = await RunAsync(() => new ClosedModel(1, Seconds(10), think: Seconds(1)).RunAsync(Answer(_ => TimeSpan.Zero), Options, Stop));

        Assert.InRange(result.Started, 9, 11);
    }

    [Fact]
    public async Task A_defect_of_an_operation_ends_the_run()
    {
        Operation defect = (arrival, _) => arrival.Number is 3 ? throw new FormatException("defect") : Task.FromResult(new Outcome("GET /", OutcomeKind.Ok));

        var open = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(RateProfile.Constant(10, Seconds(2)), defect));
        await Assert.ThrowsAsync<FormatException>(() => RunAsync(() => new ClosedModel(1, Seconds(2)).RunAsync(defect, Options, Stop)));

        Assert.IsType<FormatException>(open.InnerException);
    }

    [Fact]
    public async Task A_schedule_that_is_all_warm_up_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => new OpenModel(RateProfile.Constant(1, Seconds(1))).RunAsync(Answer(_ => default), Options with { WarmUp = Seconds(1) }, Stop));
}
