using Causeway.Harness.Kubernetes;

namespace Causeway.Harness.Checks.Gates;

/// <summary>
/// What Helm renders, and what Argo CD makes of it, are objects that the API server would take: no field unknown, missing or of another type.
/// </summary>
internal sealed class Manifests : IGate
{
    public string Name => "manifests";

    public bool IsQuick => false;

    public bool IsAbout(string file) => Renders(file);

    /// <summary>Whether a file decides about what is rendered.</summary>
    internal static bool Renders(string file) =>
        new[] { "helm/", "argocd/", "services/", "terraform/envs/", "schemas/" }.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))
        && Path.GetExtension(file) is not (".cs" or ".md");

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var releases = await context.ReleasesAsync();
        tally.Expect(releases.Select(release => release.Name));
        releases.Where(release => release.Rendering is null).ToList().ForEach(release => tally.Skip(release.Name, release.Skipped));
        var rendered = releases.Where(release => release.Rendering is not null)
            .SelectMany(release => release.Rendering!.Objects.Select(item => (release.Name, Object: item.Json)))
            .ToArray();

        // All in one pass: to start the validator costs more than to ask it.
        var faults = await new KubernetesSchemas(context.Repository, context.Tools).CheckAsync([.. rendered.Select(item => item.Object)], stop);
        var places = faults.ToLookup(fault => rendered.First(item => IsAt(fault, item.Object)).Name);

        foreach (var release in releases.Where(release => release.Rendering is not null))
        {
            tally.Record(
                release.Name,
                release.Rendering!.Objects is [] ? "there is no object in it"
                    : places[release.Name].Any() ? string.Join('\n', places[release.Name])
                    : null);
        }
    }

    private static bool IsAt(ObjectFault fault, System.Text.Json.Nodes.JsonObject item) =>
        ((string?)item["kind"] ?? "object", (string?)item["metadata"]?["name"]) is var (kind, name)
        && kind == fault.Kind && (name is null || name == fault.Name);
}
