using Causeway.Load.Measurement;

namespace Causeway.Load.Models;

/// <summary>
/// So many clients, each of which sends its next request when the last one was answered, as a batch job does. It finds out how much gets through; its
/// latencies are flattered, since a server that slows down is asked less.
/// </summary>
/// <param name="think">What a client waits between an answer and the next request.</param>
public sealed class ClosedModel(int clients, TimeSpan duration, TimeSpan think = default)
{
    /// <summary>Lets the clients work until the time is over, and waits for every answer.</summary>
    public async Task<LoadResult> RunAsync(Operation operation, LoadOptions options, CancellationToken stop)
    {
        if (duration <= options.WarmUp)
        {
            throw new ArgumentException($"A duration of {duration} leaves nothing to measure after a warm-up of {options.WarmUp}.");
        }

        var execution = new Execution(options, operation);
        var number = -1L;
        var cores = 0.0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => ClientAsync())).ConfigureAwait(false);

        return execution.Recorder.CloseClosed($"closed: {clients} clients for {duration.TotalSeconds:0.#} s", duration, cores);

        async Task ClientAsync()
        {
            while (execution.Now is var now && now < duration)
            {
                execution.Tick();
                var arrival = new Arrival(Interlocked.Increment(ref number), now);
                execution.Recorder.Arrived(arrival, now);
                await execution.RequestAsync(arrival, stop).ConfigureAwait(false);
                cores = execution.GeneratorCores();

                if (think > TimeSpan.Zero)
                {
                    await Task.Delay(think, options.Clock, stop).ConfigureAwait(false);
                }
            }
        }
    }
}
