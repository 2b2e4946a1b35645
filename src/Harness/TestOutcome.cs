namespace Causeway.Harness;

/// <summary>One test of a run.</summary>
/// <param name="Name">Class, method and, of a theory, its arguments.</param>
/// <param name="Problem">What a failed test says, or why a test was skipped; empty for any other.</param>
public sealed record TestOutcome(string Name, double Seconds, TestVerdict Verdict, string Problem = "");
