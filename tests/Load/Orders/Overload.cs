using Causeway.Harness;
using Causeway.Load;
using Causeway.Load.Measurement;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>Far more than there is capacity for.</summary>
internal sealed class Overload : IScenario
{
    private const double Times = 4;
    private const double LongestP99 = 1000; // milliseconds
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "overload";

    public string Description =>
        $"{Times:0} times the measured capacity for a minute: what fits is done, the rest is told at once to come back, no replica falls over, and " +
        "afterwards all is as before.";

    public TimeSpan Duration => TimeSpan.FromSeconds(60);

    /// <summary>Where the search for the capacity begins.</summary>
    public double Rate => 15;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtLeast("goodput", "orders per second in the worst ten seconds of the overload, over the capacity", 0.7),
        Threshold.AtMost("refusal-p99", "99th percentile of the latency of refusals in ms", 1000),
        Threshold.AtMost("errors", "errors of 1000 requests, refusals not counted", 1),
        Threshold.AtMost("restarts", "containers of the workload that were started again", 0),
        Threshold.AtLeast("in-service", "fewest replicas that the edge sent requests to, over those before", 1),
        Threshold.AtMost("recovery", $"seconds after the overload until nothing is refused and the p99 of a second is {LongestP99:0} ms at most", 5),
        Threshold.AtLeast(
            "others", $"share of another customer's few orders, repeated as Retry-After tells, that are accepted within {Patience.TotalSeconds:0} s", 0.99),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        var search = new StepSearch(run.Rate, factor: 1.5, mostSteps: 8, refinements: 1, LongestP99);
        var steps = 0L;
        Operation step = (arrival, cancel) => customers.Place("step")(arrival with { Number = Interlocked.Increment(ref steps) }, cancel);
        var curve = await run.SearchAsync(search, Step, step, stop);
        var capacity = curve.Points.Max(point => point.Goodput);
        run.Note("capacity", capacity, "orders/s", "the highest goodput of the steps");
        var processes = await ProcessesAsync(run, stop);
        var inService = await InServiceAsync(run, TimeSpan.FromSeconds(10), stop);

        // One schedule, so that the first second afterwards is seen from its beginning.
        var calm = (curve.Knee ?? run.Rate) / 2;
        var profile = RateProfile.Constant(capacity * Times, run.Duration).Then(RateProfile.Constant(calm, After));
        var options = new LoadOptions { WarmUp = ScenarioRun.WarmUpOf(run.Duration), Slots = 2048, MostOutstanding = 16_384 };
        using var flood = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var others = OthersAsync(customers, flood.Token, stop);
        var result = await run.OpenAsync("overload", profile, customers.Place("overload"), stop, options: options);
        await flood.CancelAsync();
        var answered = await others;

        run.Judge("goodput", WorstTenSeconds(result, run.Duration) / capacity);
        run.Judge("refusal-p99", result.Refusal.Percentile(99));
        run.Judge("errors", 1000 * result.ErrorRatio);
        run.Judge("restarts", processes.Except(await ProcessesAsync(run, stop)).Count());
        run.Judge("in-service", await InServiceAsync(run, run.Duration + After, stop) / inService);
        run.Judge("recovery", Recovery(result, run.Duration));
        run.Judge("others", answered.Count is 0 ? double.NaN : answered.Average(tries => tries is null ? 0.0 : 1.0));
        run.Note("another customer", answered.Count, "requests", $"{answered.Count(tries => tries is 1)} of them were answered at once, " +
            $"{answered.Count(tries => tries > 1)} when they were repeated");
        run.Verified(await customers.VerifyAsync(stop));
    }

    /// <summary>Two orders a second of a client that repeats as Retry-After tells it; returns how many tries each took, null where it gave up.</summary>
    private static async Task<IReadOnlyList<int?>> OthersAsync(Customers customers, CancellationToken flood, CancellationToken stop)
    {
        var orders = new List<Task<int?>>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));

        try
        {
            while (await timer.WaitForNextTickAsync(flood))
            {
                orders.Add(customers.PlacePatientlyAsync("other", orders.Count, Patience, stop));
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The flood is over.
        }

        return await Task.WhenAll(orders);
    }

    private static double WorstTenSeconds(LoadResult result, TimeSpan duration)
    {
        var window = Math.Min(10, (int)duration.TotalSeconds / 2);
        long[] ok =
        [
            .. result.Timeline
                .Where(second => second.Second >= result.WarmUp.TotalSeconds && second.Second < duration.TotalSeconds)
                .Select(second => second.Ok),
        ];

        return Enumerable.Range(0, ok.Length - window + 1).Min(from => ok.AsSpan(from, window).ToArray().Sum()) / (double)window;
    }

    // Whole seconds from the end of the overload to the end of the last second that was not as it should be.
    private static double Recovery(LoadResult result, TimeSpan duration) => result.Timeline
        .Where(second => second.Second >= duration.TotalSeconds && second.Second < (duration + After).TotalSeconds)
        .Where(second => second.Refused + second.Errors > 0 || second.P99 > LongestP99)
        .Select(second => second.Second + 1 - duration.TotalSeconds)
        .DefaultIfEmpty(0)
        .Max();

    private static async Task<IReadOnlyList<int>> ProcessesAsync(ScenarioRun run, CancellationToken stop)
    {
        var owners = run.Platform.ComponentsOf(run.Workload).Select(component => $"{run.Workload}-{component}").ToHashSet();

        return
        [
            .. (await run.Platform.PodsAsync(stop))
                .Where(pod => owners.Contains(pod.Owner))
                .SelectMany(pod => pod.Containers)
                .Select(container => container.ProcessId),
        ];
    }

    /// <summary>How many gateways the edge sent requests to, the fewest of the last seconds.</summary>
    private static async Task<double> InServiceAsync(ScenarioRun run, TimeSpan last, CancellationToken stop)
    {
        using var http = new HttpClient();
        var query = $"min_over_time(haproxy_backend_active_servers{{proxy=~\".*gateway.*\"}}[{(int)last.TotalSeconds}s])";

        return (await new Prometheus(run.Platform.Addresses.Prometheus, http).SeriesAsync(query, stop)).Values.DefaultIfEmpty(double.NaN).Min();
    }
}
