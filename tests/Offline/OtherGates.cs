namespace Causeway.Offline;

/// <summary>Whether <c>causeway check</c> runs these tests: its other gates look at the same files beside them.</summary>
public static class OtherGates
{
    public static bool Run => Environment.GetEnvironmentVariable("CAUSEWAY_GATES") is "run";
}
