using Causeway.Load.Measurement;

namespace Causeway.Load.Models;

/// <summary>
/// Requests arrive at a rate, whether or not earlier ones were answered, as from many users who do not know of each other. A server that slows down meets
/// the same arrivals, so its slowness is seen whole.
/// </summary>
/// <param name="poissonSeed">Seed of random gaps; null: gaps are even.</param>
public sealed class OpenModel(RateProfile profile, int? poissonSeed = null)
{
    /// <summary>Puts the load on and waits for every answer.</summary>
    public async Task<LoadResult> RunAsync(Operation operation, LoadOptions options, CancellationToken stop)
    {
        if (profile.Duration <= options.WarmUp)
        {
            throw new ArgumentException($"The schedule of {profile.Duration} leaves nothing to measure after a warm-up of {options.WarmUp}.");
        }

        var execution = new Execution(options, operation);
        var slots = new Slots(options.Slots);
        var outstanding = new Outstanding();
        var number = 0L;

        foreach (var intended in poissonSeed is { } seed ? Arrivals.Poisson(profile, seed) : Arrivals.Even(profile))
        {
            await UntilAsync(intended, execution, options, stop).ConfigureAwait(false);

            if (options.End.IsCancellationRequested)
            {
                break;
            }

            execution.Tick();
            outstanding.ThrowIfFailed();
            var arrival = new Arrival(number++, intended);
            execution.Recorder.Arrived(arrival, execution.Now);

            if (outstanding.Count >= options.MostOutstanding)
            {
                execution.Recorder.Dropped(arrival);
                continue;
            }

            outstanding.Add(RequestAsync(arrival, execution, slots, stop));
        }

        await UntilAsync(profile.Duration, execution, options, stop).ConfigureAwait(false);
        var schedule = options.End.IsCancellationRequested && execution.Now < profile.Duration ? execution.Now : profile.Duration;
        var cores = execution.GeneratorCores();
        await outstanding.AllAsync().ConfigureAwait(false);

        var gaps = poissonSeed is null ? "even gaps" : $"Poisson gaps of seed {poissonSeed}";

        return execution.Recorder.CloseOpen($"open: {profile}, {gaps}", schedule, cores);
    }

    private static async Task RequestAsync(Arrival arrival, Execution execution, Slots slots, CancellationToken stop)
    {
        await slots.TakeAsync().ConfigureAwait(false);

        try
        {
            await execution.RequestAsync(arrival, stop).ConfigureAwait(false);
        }
        finally
        {
            slots.Give();
        }
    }

    // Timers count whole milliseconds: rounding up makes an arrival late by less than one, and never early.
    private static async Task UntilAsync(TimeSpan time, Execution execution, LoadOptions options, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(options.End, stop);

        while (time - execution.Now is var left && left > TimeSpan.Zero && !options.End.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), options.Clock, either.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Requests that were begun and have not ended.</summary>
    private sealed class Outstanding
    {
        private readonly TaskCompletionSource none = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count = 1; // the run itself, until all arrivals have come
        private Exception? failure;

        public int Count => Volatile.Read(ref count) - 1;

        public void Add(Task request)
        {
            Interlocked.Increment(ref count);
            _ = EndAsync(request);
        }

        public void ThrowIfFailed()
        {
            if (Volatile.Read(ref failure) is { } error)
            {
                throw new InvalidOperationException("An operation has a defect: it failed otherwise than by its connection.", error);
            }
        }

        public async Task AllAsync()
        {
            Release();
            await none.Task.ConfigureAwait(false);
            ThrowIfFailed();
        }

        private async Task EndAsync(Task request)
        {
            try
            {
                await request.ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, error, null);
            }

            Release();
        }

        private void Release()
        {
            if (Interlocked.Decrement(ref count) is 0)
            {
                none.SetResult();
            }
        }
    }
}
