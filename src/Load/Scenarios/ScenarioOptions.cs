namespace Causeway.Load.Scenarios;

/// <summary>What a run of a scenario is told.</summary>
/// <param name="Seed">Of everything random; a run with the same seed makes the same choices.</param>
/// <param name="Duration">Of the main load; null: the scenario's own.</param>
/// <param name="Rate">Of the main load, in arrivals per second; null: the scenario's own.</param>
/// <param name="Limits">Other limits of thresholds, by name.</param>
public sealed record ScenarioOptions(int Seed, TimeSpan? Duration = null, double? Rate = null, IReadOnlyDictionary<string, double>? Limits = null);
