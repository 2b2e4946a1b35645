namespace Causeway.Load.Models;

/// <summary>How a load is put on, whatever the model.</summary>
public sealed record LoadOptions
{
    /// <summary>The beginning of a run that is not measured: connections are opened and code is compiled in it.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.Zero;

    /// <summary>Requests under way at once, as a client has connections. An arrival that finds none free waits, and its latency counts the wait.</summary>
    public int Slots { get; init; } = 256;

    /// <summary>Arrivals that may be waiting or under way. One on top is dropped, and a run with drops is invalid.</summary>
    public int MostOutstanding { get; init; } = 4096;

    /// <summary>Ends the schedule of an open model early: no more arrivals come, and those under way are waited for.</summary>
    public CancellationToken End { get; init; } = CancellationToken.None;

    /// <summary>The clock of the run.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Processor time of the generator until now; what it uses is part of whether a result is valid.</summary>
    public Func<TimeSpan> ProcessorTime { get; init; } = static () => Environment.CpuUsage.TotalTime;

    /// <summary>Most processor time that the generator may take, in cores.</summary>
    public double MostGeneratorCores { get; init; } = 0.25;
}

/// <summary>One request to be made.</summary>
/// <param name="Number">Counts from 0 in a run.</param>
/// <param name="Intended">When it was to start, from the beginning of the run.</param>
public readonly record struct Arrival(long Number, TimeSpan Intended);

/// <summary>Makes one request and says what came of it. What it throws is a defect and ends the run: <see cref="Outcome.AtAsync"/> makes outcomes of broken
/// connections.</summary>
public delegate Task<Outcome> Operation(Arrival arrival, CancellationToken stop);
