using System.Diagnostics;
using Causeway.Load;
using Causeway.Load.Models;

namespace Causeway.Chaos;

/// <summary>What has come of the requests so far, second by second, while they go on. A request counts in the second in which it ends.</summary>
internal sealed class Pulse
{
    private readonly Lock gate = new();
    private readonly List<Second> seconds = [];
    private readonly long begun = Stopwatch.GetTimestamp();

    /// <summary>Time since the first request could be made.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(begun);

    /// <summary>The same operation, of which the outcomes are counted.</summary>
    public Operation Counted(Operation operation) => async (arrival, stop) =>
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await operation(arrival, stop);

        lock (gate)
        {
            SecondAt(Now).Add(outcome.Kind is OutcomeKind.Ok, Stopwatch.GetElapsedTime(started));
        }

        return outcome;
    };

    /// <summary>Requests that ended within a time, and those of them that failed.</summary>
    public (int Ended, int Failed) Between(TimeSpan from, TimeSpan to)
    {
        lock (gate)
        {
            var within = seconds.Skip((int)from.TotalSeconds).Take((int)Math.Ceiling(to.TotalSeconds) - (int)from.TotalSeconds).ToArray();

            return (within.Sum(second => second.Ok + second.Failed), within.Sum(second => second.Failed));
        }
    }

    /// <summary>When so many whole seconds in a row began, after a moment, in each of which requests ended and none failed; null: not yet.</summary>
    public TimeSpan? SteadySince(TimeSpan from, int inARow)
    {
        lock (gate)
        {
            var first = (int)Math.Ceiling(from.TotalSeconds);
            var whole = Math.Min(seconds.Count, (int)Now.TotalSeconds);

            for (var (at, since) = (first, first); at < whole; at++)
            {
                since = seconds[at].IsGood ? since : at + 1;

                if (at + 1 - since >= inARow)
                {
                    return TimeSpan.FromSeconds(since);
                }
            }

            return null;
        }
    }

    /// <summary>Median of the time that requests took which ended within a time, all their repetitions included; not a number where none did.</summary>
    public TimeSpan? MedianBetween(TimeSpan from, TimeSpan to)
    {
        lock (gate)
        {
            TimeSpan[] took =
            [
                .. seconds.Skip((int)from.TotalSeconds).Take((int)Math.Ceiling(to.TotalSeconds) - (int)from.TotalSeconds)
                    .SelectMany(second => second.Took).Order(),
            ];

            return took is [] ? null : took[took.Length / 2];
        }
    }

    private Second SecondAt(TimeSpan time)
    {
        while (seconds.Count <= (int)time.TotalSeconds)
        {
            seconds.Add(new Second());
        }

        return seconds[(int)time.TotalSeconds];
    }

    private sealed class Second
    {
        public int Ok { get; private set; }

        public int Failed { get; private set; }

        public List<TimeSpan> Took { get; } = [];

        public bool IsGood => Ok > 0 && Failed is 0;

        public void Add(bool isOk, TimeSpan took)
        {
            Ok += isOk ? 1 : 0;
            Failed += isOk ? 0 : 1;
            Took.Add(took);
        }
    }
}
