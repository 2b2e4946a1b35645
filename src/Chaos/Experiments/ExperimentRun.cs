using System.Collections.Concurrent;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Chaos.Experiments;

/// <summary>What a run of experiments is told.</summary>
/// <param name="Seed">Of everything random; a run with the same seed makes the same choices.</param>
/// <param name="Duration">Of the fault; null: the experiment's own.</param>
/// <param name="WithoutDrain">Whether pods that are replaced get no time to end what they are at: a fault of the platform that must be noticed.</param>
/// <param name="OnlyRequests">Whether alerts and panels are passed over: a run that is shorter than they need is judged by its requests.</param>
public sealed record ChaosOptions(int Seed, TimeSpan? Duration = null, bool WithoutDrain = false, bool OnlyRequests = false);

/// <summary>One run of an experiment: where it runs, and what it was told.</summary>
/// <param name="say">Receives what happens, line by line.</param>
public sealed class ExperimentRun(Repository repository, LocalPlatform platform, FoundExperiment found, ChaosOptions options, Action<string> say)
{
    private readonly ConcurrentDictionary<string, double> figures = [];

    public Repository Repository { get; } = repository;

    public LocalPlatform Platform { get; } = platform;

    /// <summary>Ways to break it.</summary>
    public Faults Faults => Platform.Faults;

    public string Workload { get; } = found.Workload;

    public ChaosOptions Options { get; } = options;

    /// <summary>How long the fault lasts.</summary>
    public TimeSpan Duration { get; } = options.Duration ?? found.Experiment.Duration;

    /// <summary>Chooses what is not told otherwise, by the seed.</summary>
    public Random Random { get; } = new(options.Seed);

    /// <summary>What was noted, by what it is.</summary>
    public IReadOnlyDictionary<string, double> Figures => figures;

    /// <summary>Tells what happens.</summary>
    public void Say(string line) => say(line);

    /// <summary>Notes a value for the report; the last one of a name counts.</summary>
    public void Note(string what, double value) => figures[what] = value;
}
