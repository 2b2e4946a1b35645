namespace Causeway.Harness.Checks;

/// <summary>What is wrong with something that a gate looked at, or why it was not looked at.</summary>
public sealed record ItemProblem(string Item, string Problem);

/// <summary>How a gate went.</summary>
/// <param name="Checked">Names of what was looked at.</param>
/// <param name="Skipped">What was not, and why.</param>
/// <param name="Failures">What is wrong; the gate has failed where there is any.</param>
/// <param name="Unchanged">Of what was looked at, what was looked at by an earlier run, and is the same since.</param>
/// <param name="Cpu">What it cost; null where gates ran beside each other, so that it is not known.</param>
public sealed record GateReport(
    string Gate,
    int Expected,
    IReadOnlyList<string> Checked,
    IReadOnlyList<ItemProblem> Skipped,
    IReadOnlyList<ItemProblem> Failures,
    TimeSpan Elapsed,
    IReadOnlyList<string> Unchanged,
    CpuTime? Cpu = null);
