using System.Text.Json.Nodes;
using Causeway.Harness.Helm;
using Causeway.Harness.Local;

namespace Causeway.Harness.Monitoring;

/// <summary>
/// The chart <c>monitoring/</c>: the platform's rules, routing and dashboards, the rules that follow from a workload's objectives, and its own dashboards.
/// </summary>
public sealed class MonitoringChart(Repository repository, HelmTool helm)
{
    /// <summary>The namespace of what watches, in every environment.</summary>
    public const string Namespace = "monitoring";

    private readonly string chart = repository.PathTo("monitoring");

    /// <summary>A workload's objectives, <c>services/&lt;workload&gt;/slo.yaml</c>; null where it has none.</summary>
    public static JsonObject? Objectives(Repository repository, string workload) =>
        repository.PathTo("services", workload, "slo.yaml") is var file && File.Exists(file) ? Yaml.LoadFile(file)["slo"]!["objectives"]!.AsObject() : null;

    /// <summary>The platform's objects.</summary>
    /// <exception cref="HelmException">The environment's facts do not fit the schema.</exception>
    public Task<IReadOnlyList<JsonObject>> OfPlatformAsync(string environment, CancellationToken stop) =>
        helm.TemplateAsync(new HelmRelease("monitoring", chart, Namespace, Facts(environment)), stop);

    /// <summary>A workload's objects.</summary>
    /// <exception cref="HelmException">Its documents do not fit their schemas, or each other.</exception>
    public Task<IReadOnlyList<JsonObject>> OfWorkloadAsync(string environment, string workload, CancellationToken stop) =>
        helm.TemplateAsync(
            new HelmRelease(
                $"{workload}-monitoring",
                chart,
                workload,
                repository.PathTo("services", workload, "workload.yaml"),
                repository.PathTo("services", workload, "slo.yaml"),
                Facts(environment),
                repository.PathTo("terraform", "envs", environment, "releases", $"{workload}.yaml")),
            stop);

    /// <summary>
    /// The workloads' own dashboards (<c>services/&lt;workload&gt;/dashboards</c>), whether they are released there or not; empty where there are none.
    /// </summary>
    /// <exception cref="HelmException">A file is not a dashboard.</exception>
    public async Task<IReadOnlyList<JsonObject>> OfDashboardsAsync(string environment, CancellationToken stop)
    {
        var own = Dashboard.All(repository).Where(dashboard => dashboard.Workload is not null).ToArray();

        if (own is [])
        {
            return [];
        }

        var values = Path.Combine(Path.GetTempPath(), $"causeway-dashboards-{Guid.NewGuid():N}.json");

        try
        {
            var dashboards = new JsonObject(own.Select(dashboard => KeyValuePair.Create(dashboard.Name, (JsonNode?)dashboard.Json.DeepClone())));
            await File.WriteAllTextAsync(values, new JsonObject { ["dashboards"] = dashboards }.ToJsonString(), stop);

            return await helm.TemplateAsync(new HelmRelease("dashboards", chart, Namespace, Facts(environment), values), stop);
        }
        finally
        {
            File.Delete(values);
        }
    }

    /// <summary>
    /// Everything for an environment: the platform's objects, those of each released workload that has objectives, and the workloads' own dashboards.
    /// </summary>
    /// <inheritdoc cref="OfWorkloadAsync" path="/exception"/>
    public async Task<IReadOnlyList<JsonObject>> OfEnvironmentAsync(string environment, CancellationToken stop)
    {
        var workloads = repository.Releases(environment).Where(workload => Objectives(repository, workload) is not null);
        var objects = await Task.WhenAll([
            OfPlatformAsync(environment, stop),
            .. workloads.Select(workload => OfWorkloadAsync(environment, workload, stop)),
            OfDashboardsAsync(environment, stop)]);

        return [.. objects.SelectMany(all => all)];
    }

    /// <summary>
    /// The rules among objects, as Prometheus reads them from files (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/): the
    /// content of each file by its name, <c>&lt;namespace&gt;-&lt;name&gt;</c>.
    /// </summary>
    public static JsonObject RuleFiles(IEnumerable<JsonObject> objects) => new(
        from item in objects
        where RenderedObjects.KindOf(item) is "PrometheusRule"
        select KeyValuePair.Create(
            $"{RenderedObjects.NamespaceOf(item)}-{RenderedObjects.NameOf(item)}",
            (JsonNode?)new JsonObject { ["groups"] = item["spec"]!["groups"]!.DeepClone() }));

    /// <summary>Alertmanager's configuration among objects; null where there is none.</summary>
    public static string? Routing(IEnumerable<JsonObject> objects) =>
        (string?)objects.SingleOrDefault(item => RenderedObjects.KindOf(item) is "Secret")?["stringData"]?["alertmanager.yaml"];

    private string Facts(string environment) => repository.PathTo("terraform", "envs", environment, "env.yaml");
}
