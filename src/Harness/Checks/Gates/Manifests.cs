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
        var objects = new List<(string Name, ManifestObject Item)>();

        foreach (var release in releases)
        {
            if (release.Rendering is { Objects: not [] } rendering)
            {
                objects.AddRange(rendering.Objects.Select(item => ($"{release.Name}: {item.Address}", item)));
            }
            else
            {
                tally.Expect(release.Name);

                if (release.Rendering is null)
                {
                    tally.Skip(release.Name, release.Skipped);
                }
                else
                {
                    tally.Record(release.Name, "there is no object in it");
                }
            }
        }

        tally.Expect(objects.Select(item => item.Name));
        var faults = (await new KubernetesSchemas(context.Repository, context.Tools).CheckAsync([.. objects.Select(item => item.Item)], stop))
            .ToLookup(fault => fault.Item);

        foreach (var (name, item) in objects)
        {
            tally.Record(name, faults[item].Any() ? string.Join('\n', faults[item]) : null);
        }
    }
}
