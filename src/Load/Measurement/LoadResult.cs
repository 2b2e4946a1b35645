namespace Causeway.Load.Measurement;

/// <summary>One endpoint over the measured part of a run.</summary>
/// <param name="Latency">From the intended start to the end of the answer; without refusals.</param>
/// <param name="Service">From the actual start to the end of the answer; without refusals. What a closed client would see.</param>
/// <param name="Refusal">From the intended start to the end of the answer of those that were refused.</param>
/// <param name="Outcomes">How many of each kind there were; a kind that did not occur is left out.</param>
public sealed record EndpointResult(
    string Endpoint, Latencies Latency, Latencies Service, Latencies Refusal, IReadOnlyDictionary<OutcomeKind, long> Outcomes)
{
    public long Count(OutcomeKind kind) => Outcomes.GetValueOrDefault(kind);

    /// <summary>All requests.</summary>
    public long Requests => Outcomes.Values.Sum();

    /// <summary>Those that are neither answered as wanted nor refused.</summary>
    public long Errors => Requests - Count(OutcomeKind.Ok) - Count(OutcomeKind.Refused);
}

/// <summary>One second of a run, the warm-up included.</summary>
/// <param name="Second">Counts from 0.</param>
/// <param name="Intended">Arrivals that were to start in it.</param>
/// <param name="Dropped">Those of them that were not started at all.</param>
/// <param name="Ok">Answers as wanted that ended in it.</param>
/// <param name="Refused">Refusals that ended in it.</param>
/// <param name="Errors">Everything else that ended in it.</param>
/// <param name="P50">Median latency of what ended in it without a refusal, in milliseconds from the intended start; not a number where nothing did.</param>
/// <param name="P99">The same for 99 %.</param>
public sealed record TimelineSecond(int Second, long Intended, long Dropped, long Ok, long Refused, long Errors, double P50, double P99);

/// <summary>What a run measured.</summary>
/// <param name="Model">The load model in words.</param>
/// <param name="IsOpen">Whether arrivals came at a rate of their own, whatever the server did.</param>
/// <param name="Window">How long the measured part lasted: without the warm-up, until the last start.</param>
/// <param name="Intended">Arrivals of the measured part.</param>
/// <param name="IntendedRate">The same per second of the schedule.</param>
/// <param name="Started">Requests of the measured part that were made.</param>
/// <param name="Dropped">Arrivals that were not started because too many were outstanding.</param>
/// <param name="Lateness">How much later than intended the generator turned to an arrival: its own fault, and part of the latency.</param>
/// <param name="GeneratorCores">Processor time that the generator used per second.</param>
/// <param name="Invalid">Why the result says nothing; empty: it is valid.</param>
public sealed record LoadResult(
    string Model,
    bool IsOpen,
    TimeSpan WarmUp,
    TimeSpan Window,
    long Intended,
    double IntendedRate,
    long Started,
    long Dropped,
    Latencies Lateness,
    IReadOnlyList<EndpointResult> Endpoints,
    IReadOnlyList<TimelineSecond> Timeline,
    double GeneratorCores,
    IReadOnlyList<string> Invalid)
{
    /// <summary>Requests made per second.</summary>
    public double AchievedRate => Started / Window.TotalSeconds;

    /// <summary>Answers as wanted per second.</summary>
    public double Goodput => Count(OutcomeKind.Ok) / Window.TotalSeconds;

    /// <summary>Requests of one kind, over all endpoints.</summary>
    public long Count(OutcomeKind kind) => Endpoints.Sum(endpoint => endpoint.Count(kind));

    /// <summary>Errors among all requests, refusals aside; not a number where there was no request.</summary>
    public double ErrorRatio => Endpoints.Sum(endpoint => endpoint.Errors) / (double)Endpoints.Sum(endpoint => endpoint.Requests);

    /// <summary>Latency from the intended start over all endpoints, refusals aside.</summary>
    public Latencies Latency => Merged(endpoint => endpoint.Latency);

    /// <summary>Service time over all endpoints, refusals aside.</summary>
    public Latencies Service => Merged(endpoint => endpoint.Service);

    /// <summary>Latency of refusals over all endpoints.</summary>
    public Latencies Refusal => Merged(endpoint => endpoint.Refusal);

    /// <summary>The median of the seconds' median latencies in a part of the run, in milliseconds; not a number where nothing was answered.</summary>
    public double MedianBetween(TimeSpan from, TimeSpan to)
    {
        double[] medians =
        [
            .. Timeline
                .Where(second => second.Second >= from.TotalSeconds && second.Second < to.TotalSeconds && double.IsFinite(second.P50))
                .Select(second => second.P50)
                .Order(),
        ];

        return medians is [] ? double.NaN : medians[medians.Length / 2];
    }

    private Latencies Merged(Func<EndpointResult, Latencies> choose)
    {
        var all = new Latencies();
        Endpoints.ToList().ForEach(endpoint => all.Merge(choose(endpoint)));

        return all;
    }
}
