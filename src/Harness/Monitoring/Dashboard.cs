using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Monitoring;

/// <summary>A query of a panel.</summary>
/// <param name="Expression">PromQL with the dashboard's variables in it.</param>
/// <param name="Legend">What a series is called.</param>
public sealed record PanelQuery(string Expression, string Legend);

/// <summary>A panel that shows something.</summary>
/// <param name="Id">Unlike that of any other panel of the dashboard.</param>
/// <param name="Json">All of it.</param>
public sealed record Panel(int Id, string Type, string Title, IReadOnlyList<PanelQuery> Queries, JsonObject Json)
{
    /// <summary>The sentence in a panel's description that says that no data is the good case.</summary>
    public const string OfFailures = "Empty while nothing fails.";

    /// <summary>What it shows, in words.</summary>
    public string Description => (string?)Json["description"] ?? "";

    /// <summary>Whether it has data only while something fails.</summary>
    public bool ShowsFailures => Description.Contains(OfFailures, StringComparison.Ordinal);
}

/// <summary>
/// A dashboard as Grafana stores it (https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/), as far as it is read
/// here.
/// </summary>
/// <param name="Name">The file's name without its ending; a workload's begins with the workload's.</param>
/// <param name="Workload">Whose it is; null: the platform's.</param>
public sealed partial record Dashboard(string Name, string? Workload, JsonObject Json)
{
    /// <summary>The tag of a dashboard that only a cluster has data for.</summary>
    public const string OfCluster = "cluster";

    /// <summary>What it is called.</summary>
    public string Title => (string?)Json["title"] ?? "";

    /// <summary>Whether only a cluster has data for it.</summary>
    public bool NeedsCluster => (Json["tags"]?.AsArray() ?? []).Any(tag => (string?)tag is OfCluster);

    /// <summary>What a user chooses from, by name.</summary>
    public IReadOnlyList<string> Variables => [.. (Json["templating"]?["list"]?.AsArray() ?? []).Select(variable => (string)variable!["name"]!)];

    /// <summary>Its panels, rows left out.</summary>
    public IReadOnlyList<Panel> Panels =>
    [
        .. from panel in (Json["panels"]?.AsArray() ?? []).Select(panel => panel!.AsObject())
           where (string?)panel["type"] is not "row"
           select new Panel(
               (int?)panel["id"] ?? 0,
               (string?)panel["type"] ?? "",
               (string?)panel["title"] ?? "",
               [.. (panel["targets"]?.AsArray() ?? []).Select(query => new PanelQuery((string?)query!["expr"] ?? "", (string?)query["legendFormat"] ?? ""))],
               panel),
    ];

    /// <summary>
    /// Every dashboard: the platform's in <c>monitoring/dashboards</c>, and each workload's own in <c>services/&lt;workload&gt;/dashboards</c>.
    /// </summary>
    public static IReadOnlyList<Dashboard> All(Repository repository) =>
    [
        .. Files(repository.PathTo("monitoring", "dashboards")).Select(file => Read(file, null)),
        .. repository.Workloads().SelectMany(workload => Own(repository, workload).Select(file => Read(file, workload))),
    ];

    /// <summary>The files of a workload's own dashboards.</summary>
    public static IReadOnlyList<string> Own(Repository repository, string workload) => Files(repository.PathTo("services", workload, "dashboards"));

    private static IReadOnlyList<string> Files(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];

    private static Dashboard Read(string file, string? workload)
    {
        var name = Path.GetFileNameWithoutExtension(file);

        return new(workload is null ? name : $"{workload}-{name}", workload, JsonNode.Parse(File.ReadAllText(file))!.AsObject());
    }

    /// <summary>A query with everything chosen, as Prometheus takes it.</summary>
    /// <param name="interval">What <c>$__rate_interval</c> is: <c>1m</c>.</param>
    public string Fill(string expression, string interval) => Variable().Replace(
        expression,
        match => match.Groups["name"].Value is var name && name is "__rate_interval" ? interval : Variables.Contains(name) ? ".*" : match.Value);

    /// <summary>Names of the variables in a text, Grafana's own left out.</summary>
    public static IEnumerable<string> VariablesIn(string text) =>
        Variable().Matches(text).Select(match => match.Groups["name"].Value).Where(name => !name.StartsWith("__", StringComparison.Ordinal));

    [GeneratedRegex(@"\$\{?(?<name>[a-z_]+)\}?")]
    private static partial Regex Variable();
}
