using System.Text.Json.Nodes;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Local;

namespace Causeway.Harness.Helm;

/// <summary>A release of an environment.</summary>
/// <param name="Name"><c>prod/catalog</c>.</param>
/// <param name="Rendering">What Helm renders of it; null where it is not rendered.</param>
/// <param name="Skipped">Why it is not; empty where it is.</param>
public sealed record RenderedRelease(string Name, Rendering? Rendering, string Skipped = "");

/// <summary>
/// Renders what runs in the clusters of environments, without a cluster and without images: in an environment of kind <c>local</c>, whose images are built
/// when it starts, each has a digest of zeros.
/// </summary>
/// <param name="folder">Where values are put for Helm.</param>
public sealed class ReleaseRenderer(Repository repository, HelmTool helm, string folder)
{
    /// <summary>The name under which the stand-ins of an environment are rendered, all together.</summary>
    public const string StandIns = "stand-ins";

    private const string Zeros = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    // Any address: the edge asks it for the pods' names.
    private const string Resolver = "192.0.2.1";

    /// <summary>The environments there are.</summary>
    public IReadOnlyList<string> Environments() =>
    [
        .. Directory.EnumerateFiles(repository.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every release of an environment, in order.</summary>
    /// <exception cref="HelmException">Values do not fit the schema, or a template refused them.</exception>
    public async Task<IReadOnlyList<RenderedRelease>> RenderAsync(string environment, CancellationToken stop)
    {
        var facts = Facts(repository, environment);

        return (string?)facts["kind"] is "local"
            ? await LocalAsync(environment, facts, stop)
            : await Task.WhenAll(repository.Releases(environment).Select(workload => WorkloadAsync(environment, workload, facts, stop)));
    }

    /// <summary>What an environment's file says.</summary>
    public static JsonObject Facts(Repository repository, string environment) =>
        Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!.AsObject();

    private async Task<RenderedRelease> WorkloadAsync(string environment, string workload, JsonObject facts, CancellationToken stop)
    {
        var (name, release) = ($"{environment}/{workload}", repository.PathTo("terraform", "envs", environment, "releases", $"{workload}.yaml"));

        if ((string?)Yaml.LoadFile(release)["release"]?["runtime"] is "ecs")
        {
            return new(name, null, "runs on ECS, which Terraform renders: `./causeway plan` judges it");
        }

        var objects = await helm.TemplateAsync(
            new HelmRelease(
                workload,
                repository.PathTo("helm", "charts", "workload"),
                workload,
                repository.PathTo("services", workload, "workload.yaml"),
                repository.PathTo("terraform", "envs", environment, "env.yaml"),
                release),
            stop);

        return new(name, Rendering.Of(name, objects, facts, workload));
    }

    // As the local runtime renders it. A workload has a namespace of its own, by its name.
    private async Task<IReadOnlyList<RenderedRelease>> LocalAsync(string environment, JsonObject facts, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var renderer = new Renderer(repository, helm, folder);
        var images = renderer.StandIns().SelectMany(chart => chart.Images)
            .Concat(repository.Releases(environment).SelectMany(workload =>
                renderer.Contract(workload)["components"]!.AsObject().Select(component => $"{workload}-{component.Key}")))
            .ToDictionary(image => image, _ => Zeros);
        var rendered = await renderer.RenderAsync(images, stop);
        var edge = await renderer.RenderEdgeAsync(rendered, Resolver, images, stop);
        var standIns = $"{environment}/{StandIns}";

        return
        [
            .. from workload in repository.Releases(environment)
               let name = $"{environment}/{workload}"
               let objects = rendered.Workloads.Where(item => RenderedObjects.NamespaceOf(item) == workload)
               select new RenderedRelease(name, Rendering.Of(name, objects, facts, workload)),
            new(standIns, Rendering.Of(standIns, rendered.StandIns.Concat(edge), facts)),
        ];
    }
}
