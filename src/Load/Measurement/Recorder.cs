using Causeway.Load.Models;

namespace Causeway.Load.Measurement;

/// <summary>Collects what happens in one run. Safe to use from many threads.</summary>
internal sealed class Recorder(LoadOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Endpoint> endpoints = [];
    private readonly List<Second> seconds = [];
    private readonly Latencies lateness = new();
    private long intended;
    private long started;
    private long dropped;
    private TimeSpan lastStart;

    /// <summary>An arrival is due.</summary>
    /// <param name="turnedTo">When the generator turned to it.</param>
    public void Arrived(Arrival arrival, TimeSpan turnedTo)
    {
        lock (gate)
        {
            SecondOf(arrival.Intended).Intended++;

            if (IsMeasured(arrival))
            {
                intended++;
                lateness.Record(turnedTo - arrival.Intended);
            }
        }
    }

    /// <summary>Too much is outstanding: the arrival is not started.</summary>
    public void Dropped(Arrival arrival)
    {
        lock (gate)
        {
            SecondOf(arrival.Intended).Dropped++;
            // One in the warm-up counts, too: what came after it met a server that was spared.
            dropped++;
        }
    }

    /// <summary>A request ended.</summary>
    public void Ended(Arrival arrival, TimeSpan start, TimeSpan end, Outcome outcome)
    {
        lock (gate)
        {
            var second = SecondOf(end);
            second.Count(outcome.Kind);

            if (outcome.Kind is not OutcomeKind.Refused)
            {
                second.Latency.Record(end - arrival.Intended);
            }

            if (IsMeasured(arrival))
            {
                started++;
                lastStart = start > lastStart ? start : lastStart;
                EndpointOf(outcome.Endpoint).Add(outcome.Kind, end - arrival.Intended, end - start);
            }
        }
    }

    /// <summary>The result of an open model.</summary>
    /// <param name="schedule">How long arrivals were to come.</param>
    public LoadResult CloseOpen(string model, TimeSpan schedule, double generatorCores)
    {
        var window = TimeSpan.FromTicks(Math.Max(schedule.Ticks, lastStart.Ticks)) - options.WarmUp;
        var result = Close(model, true, window, intended / (schedule - options.WarmUp).TotalSeconds, generatorCores);

        return result with
        {
            Invalid =
            [
                .. dropped > 0 ? [$"{dropped} arrivals were dropped: more than {options.MostOutstanding} were outstanding"] : (string[])[],
                .. result.AchievedRate < 0.99 * result.IntendedRate
                    ? [$"{result.AchievedRate:0.0}/s were achieved, {result.IntendedRate:0.0}/s were intended: less than 99 %"]
                    : (string[])[],
                .. result.Invalid,
            ],
        };
    }

    /// <summary>The result of a closed model, which intends nothing but to go on.</summary>
    public LoadResult CloseClosed(string model, TimeSpan duration, double generatorCores) =>
        Close(model, false, duration - options.WarmUp, started / (duration - options.WarmUp).TotalSeconds, generatorCores);

    private LoadResult Close(string model, bool isOpen, TimeSpan window, double intendedRate, double generatorCores) => new(
        model,
        isOpen,
        options.WarmUp,
        window,
        isOpen ? intended : started,
        intendedRate,
        started,
        dropped,
        lateness,
        [.. endpoints.OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal).Select(endpoint => endpoint.Value.Close(endpoint.Key))],
        [.. seconds.Select((second, at) => second.Close(at))],
        generatorCores,
        [
            .. generatorCores > options.MostGeneratorCores
                ? [$"the generator used {generatorCores:0.00} cores, and {options.MostGeneratorCores:0.00} are allowed: it disturbed what it measured"]
                : (string[])[],
            .. started is 0 ? ["no request was measured"] : (string[])[],
        ]);

    private bool IsMeasured(Arrival arrival) => arrival.Intended >= options.WarmUp;

    private Second SecondOf(TimeSpan time)
    {
        while (seconds.Count <= (int)time.TotalSeconds)
        {
            seconds.Add(new Second());
        }

        return seconds[(int)time.TotalSeconds];
    }

    private Endpoint EndpointOf(string name)
    {
        if (!endpoints.TryGetValue(name, out var endpoint))
        {
            endpoints[name] = endpoint = new Endpoint();
        }

        return endpoint;
    }

    private sealed class Endpoint
    {
        private readonly Latencies latency = new();
        private readonly Latencies service = new();
        private readonly Latencies refusal = new();
        private readonly Dictionary<OutcomeKind, long> outcomes = [];

        public void Add(OutcomeKind kind, TimeSpan fromIntended, TimeSpan fromStart)
        {
            outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;

            if (kind is OutcomeKind.Refused)
            {
                refusal.Record(fromIntended);
            }
            else
            {
                latency.Record(fromIntended);
                service.Record(fromStart);
            }
        }

        public EndpointResult Close(string name) => new(name, latency, service, refusal, outcomes);
    }

    private sealed class Second
    {
        private long ok;
        private long refused;
        private long errors;

        public long Intended { get; set; }

        public long Dropped { get; set; }

        public Latencies Latency { get; } = new(digits: 2);

        public void Count(OutcomeKind kind)
        {
            ok += kind is OutcomeKind.Ok ? 1 : 0;
            refused += kind is OutcomeKind.Refused ? 1 : 0;
            errors += kind is OutcomeKind.Ok or OutcomeKind.Refused ? 0 : 1;
        }

        public TimelineSecond Close(int at) => new(at, Intended, Dropped, ok, refused, errors, Latency.Percentile(50), Latency.Percentile(99));
    }
}
