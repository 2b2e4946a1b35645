namespace Causeway.Harness;

/// <summary>One test of a run.</summary>
/// <param name="Name">Class, method and, of a theory, its arguments.</param>
public sealed record TestOutcome(string Name, double Seconds, TestVerdict Verdict);
