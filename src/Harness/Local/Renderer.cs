using System.Text.Json.Nodes;
using Causeway.Harness.Helm;
using Causeway.Harness.Monitoring;

namespace Causeway.Harness.Local;

/// <summary>Everything of an environment of kind <c>local</c> as Helm renders it, with the images that were just built.</summary>
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

/// <summary>Renders an environment of kind <c>local</c>, for one instance on this machine or for a cluster.</summary>
/// <param name="state">Folder for the values that are written for Helm.</param>
/// <param name="environment">Its folder below <c>terraform/envs</c>.</param>
public sealed class Renderer(Repository repository, HelmTool helm, string state, string environment = Renderer.Environment)
{
    /// <summary>The environment of this machine.</summary>
    public const string Environment = "local";

    /// <summary>The chart of the one stand-in that is rendered from the Ingresses of all others; its Deployment has the same name.</summary>
    public const string EdgeChart = "edge-local";

    /// <summary>The chart of the stand-in that takes the rules and the routing that the chart <c>monitoring</c> renders for clusters.</summary>
    private const string MonitoringStandIn = "monitoring-local";

    // A rate needs two samples; one more, since one may be late.
    private const int SamplesOfARange = 3;

    /// <summary>The environment's facts, <c>terraform/envs/&lt;environment&gt;/env.yaml</c>.</summary>
    public JsonObject Facts { get; } = Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!.AsObject();

    /// <summary>Registry and path that the images are named by: where they were built, or where they were pushed.</summary>
    public string Registry { get; init; } = Images.Registry;

    /// <summary>Whether it is for a cluster: no pod takes a port of the machine that it runs on.</summary>
    public bool InCluster { get; init; }

    /// <summary>How many times faster than rules say alerts fire, see <see cref="PlatformOptions"/>.</summary>
    public double RuleSpeed { get; init; } = 1;

    /// <summary>The workloads that are released to the environment.</summary>
    public IReadOnlyList<string> Workloads => repository.Releases(environment);

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
        .. from workload in repository.Releases(environment)
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
        var needed = repository.Releases(environment).SelectMany(workload => KindsOf(Contract(workload))).ToHashSet();
        var standIns = Facts["standIns"]!.AsObject();
        var backends = (Facts["backends"]?.AsObject() ?? [])
            .Where(backend => backend.Value!["standIn"] is not null)
            .Select(backend => (Kind: backend.Key, Chart: (string)backend.Value!["standIn"]!["app"]!))
            .ToArray();

        if (backends.FirstOrDefault(backend => !standIns.ContainsKey(backend.Chart)) is { Kind: not null } unknown)
        {
            throw new PlatformException(
                $"env.backends.{unknown.Kind}.standIn.app is {unknown.Chart}, and env.standIns has no chart of that name.",
                $"Add the chart to env.standIns in terraform/envs/{environment}/env.yaml, or name one of " +
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
        var standIns = await Task.WhenAll((await StandInReleasesAsync(images, stop)).Select(release => helm.TemplateAsync(release, stop)));
        var workloads = await Task.WhenAll(WorkloadReleases(images).Select(release => helm.TemplateAsync(release, stop)));

        return new Rendered([.. standIns.SelectMany(objects => objects)], [.. workloads.SelectMany(objects => objects)]);
    }

    /// <summary>The edge, routing what the rendered Ingresses ask for.</summary>
    public async Task<IReadOnlyList<JsonObject>> RenderEdgeAsync(
        Rendered rendered, string resolver, IReadOnlyDictionary<string, string> images, CancellationToken stop) =>
        EdgeRelease(images, Edge.Values(rendered.All, resolver)) is { } edge ? await helm.TemplateAsync(edge, stop) : [];

    /// <summary>A release of each stand-in that is needed, but the edge.</summary>
    /// <inheritdoc cref="RenderAsync" path="/param"/>
    public async Task<IReadOnlyList<HelmRelease>> StandInReleasesAsync(IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        var releases = new List<HelmRelease>();

        foreach (var chart in StandIns().Where(chart => chart.Name != EdgeChart))
        {
            var values = Values(chart.Name, images);

            if (chart.Name is MonitoringStandIn)
            {
                // The same rules and routing as in a cluster, in the files that Prometheus and Alertmanager read by themselves.
                var watching = await new MonitoringChart(repository, helm).OfEnvironmentAsync(environment, stop);
                values["rules"] = MonitoringChart.RuleFiles(watching);
                values["alertmanager"] = MonitoringChart.Routing(watching);

                if (RuleSpeed is not 1)
                {
                    // Prometheus looks as often as services send.
                    var interval = TimeSpan.FromSeconds((int)Facts["telemetry"]!["interval"]!);
                    var time = new RuleTime(RuleSpeed, SamplesOfARange * interval);
                    values["rules"] = time.Of(values["rules"]!.AsObject());
                    values["interval"] = $"{interval.TotalSeconds:0}s";
                    values["lookback"] = time.Divide(RuleTime.Lookback);
                }
            }

            releases.Add(Release(chart, values));
        }

        return releases;
    }

    /// <summary>The edge's release; null where the environment has none.</summary>
    /// <param name="routing">What it routes, see <see cref="Edge"/>.</param>
    /// <inheritdoc cref="RenderAsync" path="/param"/>
    public HelmRelease? EdgeRelease(IReadOnlyDictionary<string, string> images, JsonObject routing)
    {
        var values = Values(EdgeChart, images);

        foreach (var (name, value) in routing)
        {
            values[name] = value!.DeepClone();
        }

        return StandIns().SingleOrDefault(chart => chart.Name == EdgeChart) is { } edge ? Release(edge, values) : null;
    }

    /// <summary>A release of every workload. The release file pins no images: what was just built is laid over it, in the document's own form.</summary>
    /// <inheritdoc cref="RenderAsync" path="/param"/>
    public IReadOnlyList<HelmRelease> WorkloadReleases(IReadOnlyDictionary<string, string> images) =>
    [
        .. from workload in Workloads
           let pins = new JsonObject { ["images"] = Pins(repository, workload, images) }
           let built = new JsonObject
           {
               ["env"] = new JsonObject { ["registry"] = Registry },
               ["release"] = new JsonObject { ["pins"] = pins },
           }
           select new HelmRelease(
               workload,
               repository.PathTo("helm", "charts", "workload"),
               workload,
               repository.PathTo("services", workload, "workload.yaml"),
               repository.PathTo("terraform", "envs", environment, "env.yaml"),
               repository.PathTo("terraform", "envs", environment, "releases", $"{workload}.yaml"),
               Write(workload, built)),
    ];

    private string[] ImagesOf(string chart) =>
        [.. (SchemaOf(chart)["images"]?["required"]?.AsArray() ?? []).Select(image => (string)image!)];

    // What a chart can be told.
    private JsonObject SchemaOf(string chart) =>
        JsonNode.Parse(File.ReadAllText(repository.PathTo("helm", "charts", chart, "values.schema.json")))!["properties"]?.AsObject() ?? [];

    private JsonObject Values(string chart, IReadOnlyDictionary<string, string> images)
    {
        var values = new JsonObject
        {
            ["registry"] = Registry,
            ["images"] = new JsonObject(images.Select(image => KeyValuePair.Create(image.Key, (JsonNode?)image.Value))),
        };

        if (InCluster && SchemaOf(chart).ContainsKey("hostPorts"))
        {
            values["hostPorts"] = false;
        }

        return values;
    }

    private HelmRelease Release(StandInChart chart, JsonObject values) =>
        new(chart.Name, repository.PathTo("helm", "charts", chart.Name), chart.Namespace, Write(chart.Name, values));

    private static JsonObject Contract(Repository repository, string workload) =>
        Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!.AsObject();

    private string Write(string name, JsonObject values)
    {
        var file = Path.Combine(state, $"{name}.values.json");
        File.WriteAllText(file, values.ToJsonString());

        return file;
    }
}
