using System.Text.Json.Nodes;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Argo;

/// <summary>All that Argo CD makes in one cluster.</summary>
/// <param name="Applications">In order of name.</param>
/// <param name="Projects">The projects that they may be in.</param>
/// <param name="Given">What Terraform puts into the cluster.</param>
/// <param name="Sets">The ApplicationSets, in the order in which they come into being.</param>
/// <param name="Missing">Revisions that the clone lacks, each with the application that was rendered from the tree in its place.</param>
public sealed record ClusterRendering(
    string Environment,
    IReadOnlyList<RenderedApplication> Applications,
    IReadOnlyList<JsonObject> Projects,
    IReadOnlyList<JsonObject> Given,
    IReadOnlyList<JsonObject> Sets,
    IReadOnlyList<(string Revision, string Place)> Missing)
{
    /// <summary>Argo CD's own objects in the cluster; ApplicationSets by what they make.</summary>
    public IEnumerable<JsonObject> Objects => Projects.Concat(Applications.Select(one => one.Application.Json));
}

/// <summary>
/// Follows what Argo CD would follow in an environment's cluster: from the root application that Terraform makes, through every ApplicationSet and
/// application among the manifests of another, to the last manifest.
/// </summary>
/// <param name="tree">The tree that is looked at.</param>
/// <param name="clone">A clone with the history, for revisions other than the tree.</param>
/// <param name="folder">Where values, and the files of other revisions, are put.</param>
/// <param name="trial">What is tried in place of what the files follow; null: what they follow.</param>
public sealed class ClusterRenderer(Repository tree, string clone, HelmTool helm, string folder, RevisionUnderTest? trial = null)
{
    /// <summary>What makes the root application.</summary>
    public const string ByTerraform = "Terraform";

    /// <exception cref="InvalidDataException">The environment has no cluster file, or something on the way is wrong or not supported; the message has the
    /// place.</exception>
    /// <exception cref="HelmException">Values do not fit the schema, or a template refused them.</exception>
    public async Task<ClusterRendering> RenderAsync(string environment, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var given = Given(environment);
        Application[] pending = [.. Applications(given, ByTerraform)];
        var revisions = new Revisions(tree.Root, clone, Address(environment, pending), Path.Combine(folder, "revisions"));
        var expansion = new Expansion(helm, [.. given.Select(item => item.Json).Where(ClusterFile.IsCluster)], revisions, folder);
        var facts = ReleaseRenderer.Facts(tree, environment);
        var renderer = new SourceRenderer(helm, revisions, (string?)facts["cluster"]?["version"], folder);
        var (rendered, made) = (new List<RenderedApplication>(), new List<Manifest>());

        while (pending is not [])
        {
            var level = await Task.WhenAll(pending.Select(application => renderer.RenderAsync($"{environment}/{application.Name}", application, stop)));
            level = [.. level.Select(one => one with { Manifests = [.. one.Manifests.Select(Tried)] })];
            rendered.AddRange(level);
            Manifest[] sets = [.. level.SelectMany(one => one.Manifests).Where(item => item is { IsOfArgo: true, Kind: "ApplicationSet" })];
            made.AddRange(sets);
            pending =
            [
                .. level.SelectMany(one => Applications(one.Manifests, $"Application {one.Name}")),
                .. await expansion.OfAsync([.. sets.Select(set => (set.File, set.Json))], stop),
            ];
            Expansion.ExpectDistinct(rendered.Select(one => one.Application).Concat(pending));
        }

        return new(
            environment,
            [.. rendered.OrderBy(one => one.Name, StringComparer.Ordinal)],
            [
                .. given.Concat(rendered.SelectMany(one => one.Manifests))
                    .Where(item => item is { IsOfArgo: true, Kind: "AppProject" })
                    .Select(item => item.Json),
            ],
            [.. given.Select(item => item.Json)],
            [.. made.Select(item => item.Json)],
            revisions.Missing);
    }

    private IReadOnlyList<Manifest> Given(string environment)
    {
        var file = ClusterFile.PathTo(tree, environment);

        return File.Exists(file)
            ? [.. Yaml.Load(File.ReadAllText(file), file).Select(document => Tried(new(Path.GetRelativePath(tree.Root, file), document.AsObject())))]
            : throw new InvalidDataException(
                $"{ClusterFile.Folder}/{environment}.yaml is missing: it says what Terraform puts into the cluster. " +
                "Run the tests of ClusterFileTests with CAUSEWAY_APPROVE=1, which write it: docs/gitops.md.");
    }

    private Manifest Tried(Manifest item) =>
        trial is not null && (item.IsOfArgo || ClusterFile.IsCluster(item.Json)) ? item with { Json = trial.In(item.Json) } : item;

    private static IEnumerable<Application> Applications(IEnumerable<Manifest> manifests, string maker) =>
        manifests.Where(item => item is { IsOfArgo: true, Kind: "Application" }).Select(item => new Application(
            (string?)item.Json["metadata"]?["name"] ?? throw new InvalidDataException($"{item.File}: an Application without metadata.name."),
            maker,
            item.Json));

    private static string Address(string environment, Application[] roots) =>
        roots is [var root] && (string?)root.Json["spec"]?["source"]?["repoURL"] is { } address
            ? address
            : throw new InvalidDataException($"{ClusterFile.Folder}/{environment}.yaml has to hold one Application with a source: the root.");
}
