namespace Causeway.Harness.Policies;

/// <summary>How long a service may take to stop: what it is told, and what is left between that and the kill.</summary>
internal static class ShutdownBudget
{
    /// <summary>The variable in which services read it: <c>services/_shared/ServiceDefaults/ServiceOptions.cs</c>.</summary>
    public const string Variable = "SHUTDOWN_TIMEOUT_SECONDS";

    /// <summary>Seconds between the end of draining and the kill, as in the chart's grace period.</summary>
    public const int Margin = 5;
}
