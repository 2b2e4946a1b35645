using System.Text.Json.Nodes;
using Causeway.Harness.Argo;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Local;

namespace Causeway.Harness.Helm;

/// <summary>A release of an environment.</summary>
/// <param name="Name"><c>prod/catalog</c>.</param>
/// <param name="Rendering">What Helm renders of it; null where it is not rendered.</param>
/// <param name="Skipped">Why it is not; empty where it is.</param>
/// <param name="StandIn">The revision that was to be rendered and is not in the clone, so that the working tree stands in for it; empty where it is
/// there.</param>
public sealed record RenderedRelease(string Name, Rendering? Rendering, string Skipped = "", string StandIn = "");

/// <summary>
/// Renders what runs in the clusters of environments, without a cluster and without images: in an environment of kind <c>local</c>, whose images are built
/// when it starts, each has a digest of zeros. Where Argo CD syncs a cluster, what is rendered is what its applications say.
/// </summary>
/// <param name="folder">Where values are put for Helm.</param>
/// <param name="clone">A clone with the history, for revisions other than the repository's tree; null: the repository is one.</param>
public sealed class ReleaseRenderer(Repository repository, HelmTool helm, string folder, string? clone = null)
{
    /// <summary>The name under which the stand-ins of an environment are rendered, all together.</summary>
    public const string StandIns = "stand-ins";

    /// <summary>The name under which Argo CD's own objects in a cluster are rendered, all together.</summary>
    public const string Applications = "applications";

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

        return ((string?)facts["kind"], (string?)facts["cluster"]?["runtime"]) switch
        {
            ("local", _) => await LocalAsync(environment, facts, stop),
            (_, "eks") => OfCluster(await ClusterAsync(environment, stop), facts),
            _ => [.. repository.Releases(environment).Select(workload => new RenderedRelease(
                $"{environment}/{workload}", null, "runs on ECS, which Terraform renders: `./causeway plan` judges it"))],
        };
    }

    /// <summary>What Argo CD makes in the cluster of an environment.</summary>
    /// <exception cref="InvalidDataException">Something on the way from the root application to the manifests is wrong or not supported.</exception>
    /// <exception cref="HelmException">Values do not fit the schema, or a template refused them.</exception>
    /// <param name="trial">What is tried in place of what the files follow; null: what they follow.</param>
    public Task<ClusterRendering> ClusterAsync(string environment, CancellationToken stop, RevisionUnderTest? trial = null) =>
        new ClusterRenderer(repository, clone ?? repository.Root, helm, folder, trial).RenderAsync(environment, stop);

    /// <summary>What an environment's file says.</summary>
    public static JsonObject Facts(Repository repository, string environment) =>
        Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!.AsObject();

    // ApplicationSets are judged by what they make.
    private List<RenderedRelease> OfCluster(ClusterRendering cluster, JsonObject facts)
    {
        var environment = cluster.Environment;
        var releases = new List<RenderedRelease>();

        foreach (var one in cluster.Applications)
        {
            var (own, at) = (one.Manifests.Where(item => !item.IsOfArgo).ToArray(), $"{environment}/{one.Name}");

            if (one.Skipped is not "" || own is not [] || one.Manifests is [])
            {
                var rendering = one.Skipped is "" ? Rendering.Of(at, own.Select(item => item.Json), facts, one.Namespace) : null;
                releases.Add(new(at, rendering, one.Skipped, Revisions(cluster, missing => missing.Place == at)));
            }
        }

        // Whatever else was read made the applications.
        var (name, names) = ($"{environment}/{Applications}", releases.Select(release => release.Name).ToHashSet());
        releases.Insert(0, new(
            name,
            Rendering.Of(name, cluster.Objects, facts, "argocd"),
            StandIn: Revisions(cluster, missing => !names.Contains(missing.Place))));

        var taken = cluster.Applications.SelectMany(one => one.ValueFiles).ToHashSet();
        releases.AddRange(repository.Releases(environment)
            .Where(workload => !taken.Contains($"terraform/envs/{environment}/releases/{workload}.yaml"))
            .Select(workload => new RenderedRelease($"{environment}/{workload}", null, NotTaken(environment, workload))));

        return releases;
    }

    private static string Revisions(ClusterRendering cluster, Func<(string Revision, string Place), bool> those) =>
        string.Join(", ", cluster.Missing.Where(those).Select(missing => missing.Revision).Distinct());

    private string NotTaken(string environment, string workload)
    {
        var file = $"terraform/envs/{environment}/releases/{workload}.yaml";
        var release = Yaml.LoadFile(repository.PathTo(file))["release"];

        return release?["pins"]?["revision"] is null
            ? "has no pins, so it is rendered nowhere: promote a version to it"
            : (string?)release["runtime"] is not "eks"
                ? $"runs on {release["runtime"]}, which Argo CD does not render"
                : throw new InvalidDataException(
                    $"{file} is pinned, and no application in the cluster of {environment} takes it: see the generators of argocd/appsets.");
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
