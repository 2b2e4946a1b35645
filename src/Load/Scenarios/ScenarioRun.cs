using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Load.Measurement;
using Causeway.Load.Models;
using Causeway.Load.Reports;
using Causeway.Load.Verification;

namespace Causeway.Load.Scenarios;

/// <summary>One run of a scenario: where it runs, what it was told, and what it has found out so far.</summary>
public sealed class ScenarioRun
{
    private readonly List<Phase> phases = [];
    private readonly List<Figure> figures = [];
    private readonly Thresholds thresholds;
    private readonly Func<CancellationToken, Task<IReadOnlyList<ServiceUse>>> use;
    private readonly Action<string> say;
    private Curve? curve;
    private VerificationResult? verification;

    internal ScenarioRun(
        FoundScenario found,
        ScenarioOptions options,
        Repository repository,
        LocalPlatform platform,
        Func<CancellationToken, Task<IReadOnlyList<ServiceUse>>> use,
        Action<string> say)
    {
        Workload = found.Workload;
        Seed = options.Seed;
        Duration = options.Duration ?? found.Scenario.Duration;
        Rate = options.Rate ?? found.Scenario.Rate;
        Repository = repository;
        Platform = platform;
        thresholds = new Thresholds(found.Scenario.Thresholds, options.Limits ?? new Dictionary<string, double>());
        this.use = use;
        this.say = say;
    }

    public string Workload { get; }

    public int Seed { get; }

    /// <summary>How long the main load lasts.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Arrivals per second of the main load.</summary>
    public double Rate { get; }

    public Repository Repository { get; }

    public LocalPlatform Platform { get; }

    /// <summary>The part of a load that is not measured: a fifth of it, and 5 s at most.</summary>
    public static TimeSpan WarmUpOf(TimeSpan duration) => TimeSpan.FromSeconds(Math.Min(5, duration.TotalSeconds / 5));

    /// <summary>Warms the platform, see <see cref="WarmUp"/>. It is not a phase of the report.</summary>
    /// <inheritdoc cref="WarmUp.RunAsync" path="/param"/>
    public Task WarmAsync(Func<int, Operation> operation, CancellationToken stop) => WarmUp.RunAsync(operation, say, stop);

    /// <summary>Puts on a load of an open model and keeps its result as a phase of the report.</summary>
    public async Task<LoadResult> OpenAsync(
        string phase, RateProfile profile, Operation operation, CancellationToken stop, bool isPoisson = true, LoadOptions? options = null)
    {
        say($"{phase}: {profile}");
        var given = options ?? new LoadOptions { WarmUp = WarmUpOf(profile.Duration) };
        var result = await new OpenModel(profile, isPoisson ? Seed : null).RunAsync(operation, given, stop);

        return Keep(phase, result);
    }

    /// <summary>Puts on a load of a closed model and keeps its result as a phase of the report.</summary>
    public async Task<LoadResult> ClosedAsync(
        string phase, int clients, TimeSpan duration, Operation operation, CancellationToken stop, LoadOptions? options = null)
    {
        say($"{phase}: {clients} clients for {duration.TotalSeconds:0.#} s");
        var given = options ?? new LoadOptions { WarmUp = WarmUpOf(duration) };

        return Keep(phase, await new ClosedModel(clients, duration).RunAsync(operation, given, stop));
    }

    /// <summary>Looks for the highest rate that is sustained. The steps are the report's curve; they are not phases, since some must fail.</summary>
    public async Task<Curve> SearchAsync(StepSearch search, TimeSpan step, Operation operation, CancellationToken stop)
    {
        curve = await search.RunAsync(async rate =>
        {
            var options = new LoadOptions { WarmUp = WarmUpOf(step) };
            var result = await new OpenModel(RateProfile.Constant(rate, step), Seed).RunAsync(operation, options, stop);
            say($"step {rate:0.#}/s: goodput {result.Goodput:0.#}/s, p99 {result.Latency.Percentile(99):0} ms");

            return result;
        });

        return curve;
    }

    /// <summary>Holds a value against a threshold of the scenario, each once.</summary>
    public void Judge(string threshold, double value) => thresholds.Judge(threshold, value);

    /// <summary>Notes a value for the report.</summary>
    public void Note(string figure, double value, string unit, string how)
    {
        say($"{figure}: {value:0.###} {unit}");
        figures.Add(new Figure(figure, value, unit, how));
    }

    /// <summary>Notes what was verified; what is verified in several parts is one verification.</summary>
    public void Verified(VerificationResult result) => verification = verification is null ? result : verification.With(result);

    /// <summary>What the workload's services used since the run began. Waits for the last export of their meters.</summary>
    public Task<IReadOnlyList<ServiceUse>> ServiceUseAsync(CancellationToken stop) => use(stop);

    internal LoadReport AddTo(LoadReport report) => report with
    {
        Phases = phases,
        Curve = curve,
        Figures = figures,
        Thresholds = thresholds.Close(),
        Verification = verification,
    };

    private LoadResult Keep(string phase, LoadResult result)
    {
        var latency = result.Latency.Summary;
        say($"{phase}: {result.AchievedRate:0.#}/s, goodput {result.Goodput:0.#}/s, p50 {latency.P50:0.#} ms, p99 {latency.P99:0.#} ms, " +
            $"{result.Count(OutcomeKind.Refused)} refused, {result.Endpoints.Sum(endpoint => endpoint.Errors)} errors, " +
            $"generator {result.GeneratorCores:0.00} cores");
        phases.Add(new Phase(phase, result));

        return result;
    }
}
