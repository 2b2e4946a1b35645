namespace Causeway.Load.Scenarios;

/// <summary>
/// A load on a workload, what it promises, and what is verified after it. Found by what it implements: a workload's scenarios are classes in a folder, and a
/// namespace, of its name.
/// </summary>
public interface IScenario
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>What it does and shows, in a sentence.</summary>
    string Description { get; }

    /// <summary>How long its main load lasts unless <c>--duration</c> says otherwise.</summary>
    TimeSpan Duration { get; }

    /// <summary>Arrivals per second of its main load unless <c>--rate</c> says otherwise.</summary>
    double Rate { get; }

    /// <summary>Every threshold that <see cref="RunAsync"/> judges.</summary>
    IReadOnlyList<Threshold> Thresholds { get; }

    /// <summary>Puts the load on, judges, and verifies.</summary>
    Task RunAsync(ScenarioRun run, CancellationToken stop);
}
