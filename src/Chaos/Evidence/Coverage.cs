using System.Text.RegularExpressions;
using Causeway.Harness.Monitoring;

namespace Causeway.Chaos.Evidence;

/// <summary>An alert of the platform's rules, and what shows that it works.</summary>
/// <param name="NeedsCluster">Whether it asks for series that only a cluster has.</param>
/// <param name="IsTested">Whether series are kept or made on which promtool has it firing and silent.</param>
/// <param name="FiredBy">Experiments of this run in which it fired.</param>
public sealed record AlertCoverage(string Alert, bool NeedsCluster, bool IsTested, IReadOnlyList<string> FiredBy);

/// <summary>A panel that shows failures only.</summary>
/// <param name="FilledBy">Experiments of this run in which it had something to show.</param>
public sealed record PanelCoverage(string Dashboard, string Panel, IReadOnlyList<string> FilledBy);

/// <summary>What is shown of alerts and panels, all experiments of a run together.</summary>
public sealed partial record Coverage(IReadOnlyList<AlertCoverage> Alerts, IReadOnlyList<PanelCoverage> Panels)
{
    /// <summary>Alerts with cases in which they fire and are silent, and all.</summary>
    public (int Covered, int All) Tested => (Alerts.Count(alert => alert.IsTested), Alerts.Count);

    /// <summary>Alerts that a real fault fired, and all that need no cluster.</summary>
    public (int Covered, int All) Fired =>
        (Alerts.Count(alert => !alert.NeedsCluster && alert.FiredBy is not []), Alerts.Count(alert => !alert.NeedsCluster));

    /// <summary>Panels of failures that a real fault filled, and all that need no cluster.</summary>
    public (int Covered, int All) Filled => (Panels.Count(panel => panel.FilledBy is not []), Panels.Count);

    /// <summary>Whether an expression asks for series of kube-state-metrics, of the kubelet or of cAdvisor.</summary>
    public static bool AsksForCluster(string expression) => OfCluster().IsMatch(AlertCases.WithoutText(expression));

    [GeneratedRegex(@"\b(kube|kubelet|container)_[a-z_]+\b")]
    private static partial Regex OfCluster();
}
