namespace Causeway.Harness;

/// <summary>How a test ended.</summary>
public enum TestVerdict
{
    Passed,
    Failed,
    Skipped,
}
