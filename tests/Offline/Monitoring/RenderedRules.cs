using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>
/// The rules that the chart renders: of each environment, the platform's and those of the workloads that it releases, and of the fixture <c>catalog</c>, which
/// has objectives of every kind.
/// </summary>
internal static class RenderedRules
{
    private const string Fixture = "sample/catalog";

    /// <summary>Files of rules by where they are rendered: an environment, or the fixture.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonObject>> AllAsync(Workbench workbench, CancellationToken stop)
    {
        var chart = new MonitoringChart(workbench.Checkout, workbench.Helm);
        var environments = workbench.Checkout.Environments()
            .Select(async environment => (Place: environment, Files: MonitoringChart.RuleFiles(await chart.OfEnvironmentAsync(environment, stop))));

        return (await Task.WhenAll([.. environments, FixtureAsync(workbench)])).ToDictionary(one => one.Place, one => one.Files);
    }

    private static async Task<(string Place, JsonObject Files)> FixtureAsync(Workbench workbench)
    {
        var set = ValueSet.Load(workbench.Checkout, Fixture);
        set.Values["slo"] = Yaml.LoadFile(Path.Combine(workbench.Fixtures, "valid", "services", set.Workload, "slo.yaml"))["slo"]!.DeepClone();
        var rendered = await workbench.RenderAsync(set.Values, $"{set.Workload}-monitoring", set.Workload, workbench.Checkout.PathTo("monitoring"));

        return (Fixture, MonitoringChart.RuleFiles(Workbench.Objects(rendered)));
    }
}
