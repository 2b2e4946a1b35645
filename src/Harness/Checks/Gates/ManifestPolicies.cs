using Causeway.Harness.Helm;
using Causeway.Harness.Policies;

namespace Causeway.Harness.Checks.Gates;

/// <summary>What Helm renders, and what Argo CD makes of it, keeps the policies or is excused.</summary>
internal sealed class ManifestPolicies : IGate
{
    public string Name => "policies of manifests";

    public bool IsQuick => false;

    public bool IsAbout(string file) => Manifests.Renders(file) || file is "waivers.yaml" || file.StartsWith("src/Harness/Policies/", StringComparison.Ordinal);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var releases = await context.ReleasesAsync();
        var waivers = Waivers.Load(context.Repository, TimeProvider.System);
        tally.Expect(releases.Select(release => release.Name));

        foreach (var release in releases)
        {
            if (release.Rendering is null)
            {
                tally.Skip(release.Name, release.Skipped);
            }
            else
            {
                var problems = RenderRun.Problems(release.Rendering, waivers);
                tally.Record(release.Name, problems is [] ? null : string.Join('\n', problems));
            }
        }
    }
}
