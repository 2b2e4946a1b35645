using System.Text.Json.Nodes;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Local;

/// <summary>Everything of the environment <c>local</c> as Helm renders it, with the images that were just built.</summary>
/// <param name="StandIns">Objects of the stand-ins' charts, the edge's left out: it is rendered last, from the others' Ingresses.</param>
/// <param name="Workloads">Objects of every released workload.</param>
public sealed record Rendered(IReadOnlyList<JsonObject> StandIns, IReadOnlyList<JsonObject> Workloads)
{
    public IReadOnlyList<JsonObject> All => [.. StandIns, .. Workloads];
}

/// <summary>Renders the environment <c>local</c> for one instance.</summary>
public sealed class Renderer(Repository repository, HelmTool helm, string state)
{
    public const string Environment = "local";

    private const string EdgeChart = "edge-local";

    /// <summary>The environment's facts, <c>terraform/envs/local/env.yaml</c>.</summary>
    public JsonObject Facts { get; } = Yaml.LoadFile(repository.PathTo("terraform", "envs", Environment, "env.yaml"))["env"]!.AsObject();

    /// <summary>A workload's contract.</summary>
    public JsonObject Contract(string workload) => Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!.AsObject();

    /// <summary>The projects behind the services of every released workload.</summary>
    public IReadOnlyList<ServiceProject> Services() =>
    [
        .. from workload in repository.Releases(Environment)
           from component in Contract(workload)["components"]!.AsObject()
           where (string?)component.Value!["kind"] == "service"
           select ServiceProject.Of(repository, workload, component.Key),
    ];

    /// <param name="images">Digest of every image by name.</param>
    /// <param name="ports">Ports on the machine, see <see cref="PlatformOptions"/>.</param>
    public async Task<Rendered> RenderAsync(IReadOnlyDictionary<string, string> images, PlatformOptions ports, CancellationToken stop)
    {
        var standIns = await Task.WhenAll(StandIns().Where(chart => chart.Name != EdgeChart).Select(chart => StandInAsync(chart.Name, chart.Namespace, Values(images, ports), stop)));
        var workloads = await Task.WhenAll(repository.Releases(Environment).Select(workload => WorkloadAsync(workload, images, stop)));

        return new Rendered([.. standIns.SelectMany(objects => objects)], [.. workloads.SelectMany(objects => objects)]);
    }

    /// <summary>The edge, routing what the rendered Ingresses ask for.</summary>
    public async Task<IReadOnlyList<JsonObject>> RenderEdgeAsync(
        Rendered rendered, string resolver, IReadOnlyDictionary<string, string> images, PlatformOptions ports, CancellationToken stop)
    {
        var values = Values(images, ports);

        foreach (var (name, value) in Edge.Values(rendered.All, resolver))
        {
            values[name] = value!.DeepClone();
        }

        return StandIns().SingleOrDefault(chart => chart.Name == EdgeChart) is { Name: not null } edge ? await StandInAsync(edge.Name, edge.Namespace, values, stop) : [];
    }

    private IEnumerable<(string Name, string Namespace)> StandIns() => Facts["standIns"]!.AsObject().Select(standIn => (standIn.Key, (string)standIn.Value!));

    private static JsonObject Values(IReadOnlyDictionary<string, string> images, PlatformOptions ports) => new()
    {
        ["registry"] = Images.Registry,
        ["images"] = new JsonObject(images.Select(image => KeyValuePair.Create(image.Key, (JsonNode?)image.Value))),
        ["hostPorts"] = ports.HostPorts(),
    };

    private Task<IReadOnlyList<JsonObject>> StandInAsync(string chart, string @namespace, JsonObject values, CancellationToken stop) =>
        helm.TemplateAsync(new HelmRelease(chart, repository.PathTo("helm", "charts", chart), @namespace, Write(chart, values)), stop);

    // The release file of `local` pins no images: what was just built is laid over it, in the release document's own form.
    private Task<IReadOnlyList<JsonObject>> WorkloadAsync(string workload, IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        var components = Contract(workload)["components"]!.AsObject().Select(component => component.Key);
        var pins = new JsonObject(components
            .Where(component => images.ContainsKey($"{workload}-{component}"))
            .Select(component => KeyValuePair.Create(component, (JsonNode?)images[$"{workload}-{component}"])));
        var built = new JsonObject { ["release"] = new JsonObject { ["pins"] = new JsonObject { ["images"] = pins } } };

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

    private string Write(string name, JsonObject values)
    {
        var file = Path.Combine(state, $"{name}.values.json");
        File.WriteAllText(file, values.ToJsonString());

        return file;
    }
}
