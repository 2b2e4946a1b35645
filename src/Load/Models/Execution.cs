using Causeway.Load.Measurement;

namespace Causeway.Load.Models;

/// <summary>A run's clock, its recorder and its processor time: what both models share.</summary>
internal sealed class Execution(LoadOptions options, Operation operation)
{
    private readonly Lock gate = new();
    private readonly long begun = options.Clock.GetTimestamp();
    private TimeSpan? processorTime;
    private TimeSpan processorSince;

    public Recorder Recorder { get; } = new(options);

    /// <summary>Time since the run began.</summary>
    public TimeSpan Now => options.Clock.GetElapsedTime(begun);

    /// <summary>Notes the generator's processor time once the warm-up is over.</summary>
    public void Tick()
    {
        lock (gate)
        {
            if (processorTime is null && Now >= options.WarmUp)
            {
                processorTime = options.ProcessorTime();
                processorSince = Now;
            }
        }
    }

    /// <summary>Cores that the generator used since the warm-up.</summary>
    public double GeneratorCores() =>
        processorTime is { } before && Now > processorSince ? (options.ProcessorTime() - before) / (Now - processorSince) : 0;

    /// <summary>Makes one request and records it.</summary>
    public async Task RequestAsync(Arrival arrival, CancellationToken stop)
    {
        var start = Now;
        var outcome = await operation(arrival, stop).ConfigureAwait(false);

        Recorder.Ended(arrival, start, Now, outcome);
    }
}
