using System.Text.Json.Nodes;
using Causeway.Harness.Helm;
using Causeway.Harness.Monitoring;

namespace Causeway.Harness.Local;

/// <summary>Everything of the environment <c>local</c> as Helm renders it, with the images that were just built.</summary>
/// <param name="StandIns">Objects of the stand-ins' charts, the edge's left out: it is rendered last, from the others' Ingresses.</param>
/// <param name="Workloads">Objects of every released workload.</param>
public sealed record Rendered(IReadOnlyList<JsonObject> StandIns, IReadOnlyList<JsonObject> Workloads)
{
    /// <summary>Both, in this order.</summary>
    public RenderedObjects All => new([.. StandIns, .. Workloads]);
}

/// <summary>A stand-in's chart and the namespace it is installed in.</summary>
/// <param name="Images">Names of the images it needs: those that its <c>values.schema.json</c> requires.</param>
public sealed record StandInChart(string Name, string Namespace, IReadOnlyList<string> Images);

/// <summary>Renders the environment <c>local</c> for one instance.</summary>
public sealed class Renderer(Repository repository, HelmTool helm, string state)
{
    public const string Environment = "local";

    /// <summary>The chart of the one stand-in that is rendered from the Ingresses of all others; its Deployment has the same name.</summary>
    public const string EdgeChart = "edge-local";

    /// <summary>The chart of the stand-in that takes the rules and the routing that the chart <c>monitoring</c> renders for clusters.</summary>
    private const string MonitoringStandIn = "monitoring-local";

    /// <summary>The environment's facts, <c>terraform/envs/local/env.yaml</c>.</summary>
    public JsonObject Facts { get; } = Yaml.LoadFile(repository.PathTo("terraform", "envs", Environment, "env.yaml"))["env"]!.AsObject();

    /// <summary>A workload's contract.</summary>
    public JsonObject Contract(string workload) => Contract(repository, workload);

    /// <summary>The digests of a workload's images as a release pins them, by component.</summary>
    /// <param name="images">Digest of every image by name.</param>
    public static JsonObject Pins(Repository repository, string workload, IReadOnlyDictionary<string, string> images) => new(
        from component in Contract(repository, workload)["components"]!.AsObject()
        where images.ContainsKey($"{workload}-{component.Key}")
        select KeyValuePair.Create(component.Key, (JsonNode?)images[$"{workload}-{component.Key}"]));

    /// <summary>
    /// The projects behind the components of every released workload. A component of any kind has one where the convention puts it, or needs none.
    /// </summary>
    public IReadOnlyList<ComponentProject> Projects() =>
    [
        .. from workload in repository.Releases(Environment)
           from component in Contract(workload)["components"]!.AsObject()
           let project = ComponentProject.Find(repository, workload, component.Key, (string)component.Value!["kind"]!)
           where project is not null
           select project,
    ];

    /// <summary>
    /// The charts that are needed: those of the environment's <c>standIns</c>, without the ones that stand behind resources of kinds that no released
    /// workload has or uses. Which kinds a chart serves is what the environment's <c>backends</c> say.
    /// </summary>
    /// <exception cref="PlatformException">A backend names a stand-in that is not among <c>standIns</c>.</exception>
    public IReadOnlyList<StandInChart> StandIns()
    {
        var needed = repository.Releases(Environment).SelectMany(workload => KindsOf(Contract(workload))).ToHashSet();
        var standIns = Facts["standIns"]!.AsObject();
        var backends = (Facts["backends"]?.AsObject() ?? [])
            .Where(backend => backend.Value!["standIn"] is not null)
            .Select(backend => (Kind: backend.Key, Chart: (string)backend.Value!["standIn"]!["app"]!))
            .ToArray();

        if (backends.FirstOrDefault(backend => !standIns.ContainsKey(backend.Chart)) is { Kind: not null } unknown)
        {
            throw new PlatformException(
                $"env.backends.{unknown.Kind}.standIn.app is {unknown.Chart}, and env.standIns has no chart of that name.",
                $"Add the chart to env.standIns in terraform/envs/{Environment}/env.yaml, or name one of " +
                $"{string.Join(", ", standIns.Select(chart => chart.Key))}.");
        }

        return
        [
            .. from chart in standIns
               let serves = backends.Where(backend => backend.Chart == chart.Key).Select(backend => backend.Kind).ToArray()
               where serves is [] || serves.Any(needed.Contains)
               select new StandInChart(chart.Key, (string)chart.Value!, ImagesOf(chart.Key)),
        ];
    }

    /// <summary>The kinds of resource that a contract declares or uses.</summary>
    public static IEnumerable<string> KindsOf(JsonObject contract) =>
    [
        .. (contract["resources"]?.AsObject() ?? []).Select(kind => kind.Key),
        .. contract["components"]!.AsObject()
            .SelectMany(component => component.Value!["uses"]?.AsObject() ?? [])
            .Select(use => use.Key.Split('/')[^2]), // <kind>/<name> or <workload>/<kind>/<name>
    ];

    /// <param name="images">Digest of every image by name.</param>
    public async Task<Rendered> RenderAsync(IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        var standIns = await Task.WhenAll(StandIns().Where(chart => chart.Name != EdgeChart).Select(async chart =>
            await StandInAsync(chart, chart.Name is MonitoringStandIn ? await WatchingAsync(images, stop) : Values(images), stop)));
        var workloads = await Task.WhenAll(repository.Releases(Environment).Select(workload => WorkloadAsync(workload, images, stop)));

        return new Rendered([.. standIns.SelectMany(objects => objects)], [.. workloads.SelectMany(objects => objects)]);
    }

    /// <summary>The edge, routing what the rendered Ingresses ask for.</summary>
    public async Task<IReadOnlyList<JsonObject>> RenderEdgeAsync(
        Rendered rendered, string resolver, IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        var values = Values(images);

        foreach (var (name, value) in Edge.Values(rendered.All, resolver))
        {
            values[name] = value!.DeepClone();
        }

        return StandIns().SingleOrDefault(chart => chart.Name == EdgeChart) is { } edge ? await StandInAsync(edge, values, stop) : [];
    }

    private string[] ImagesOf(string chart)
    {
        var schema = JsonNode.Parse(File.ReadAllText(repository.PathTo("helm", "charts", chart, "values.schema.json")))!;

        return [.. (schema["properties"]?["images"]?["required"]?.AsArray() ?? []).Select(image => (string)image!)];
    }

    private static JsonObject Values(IReadOnlyDictionary<string, string> images) => new()
    {
        ["registry"] = Images.Registry,
        ["images"] = new JsonObject(images.Select(image => KeyValuePair.Create(image.Key, (JsonNode?)image.Value))),
    };

    // The same rules and routing as in a cluster, in the files that Prometheus and Alertmanager read by themselves.
    private async Task<JsonObject> WatchingAsync(IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        var objects = await new MonitoringChart(repository, helm).OfEnvironmentAsync(Environment, stop);
        var values = Values(images);
        values["rules"] = MonitoringChart.RuleFiles(objects);
        values["alertmanager"] = MonitoringChart.Routing(objects);

        return values;
    }

    private Task<IReadOnlyList<JsonObject>> StandInAsync(StandInChart chart, JsonObject values, CancellationToken stop) =>
        helm.TemplateAsync(new HelmRelease(chart.Name, repository.PathTo("helm", "charts", chart.Name), chart.Namespace, Write(chart.Name, values)), stop);

    // The release file of `local` pins no images: what was just built is laid over it, in the release document's own form.
    private Task<IReadOnlyList<JsonObject>> WorkloadAsync(string workload, IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        var pins = new JsonObject { ["images"] = Pins(repository, workload, images) };
        var built = new JsonObject { ["release"] = new JsonObject { ["pins"] = pins } };

        return helm.TemplateAsync(
            new HelmRelease(
                workload,
                repository.PathTo("helm", "charts", "workload"),
                workload,
                repository.PathTo("services", workload, "workload.yaml"),
                repository.PathTo("terraform", "envs", Environment, "env.yaml"),
                repository.PathTo("terraform", "envs", Environment, "releases", $"{workload}.yaml"),
                Write(workload, built)),
            stop);
    }

    private static JsonObject Contract(Repository repository, string workload) =>
        Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!.AsObject();

    private string Write(string name, JsonObject values)
    {
        var file = Path.Combine(state, $"{name}.values.json");
        File.WriteAllText(file, values.ToJsonString());

        return file;
    }
}
