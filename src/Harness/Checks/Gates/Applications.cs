using Causeway.Harness.Argo.Diffs;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Checks.Gates;

/// <summary>No application of Argo CD vanishes unless <c>argocd/removed.yaml</c> names it: this tree against where it left the main branch.</summary>
internal sealed class Applications : IGate
{
    public string Name => "applications that stay";

    public bool IsQuick => false;

    public bool IsAbout(string file) => Manifests.Renders(file);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var main = await ChangedFiles.MainAsync(context.Repository, stop) ?? "HEAD";
        var difference = await new DiffRun(context.Repository, new HelmTool(context.Tools), TimeProvider.System).AgainstAsync(main, stop);
        string[] names =
        [
            .. difference.Clusters.SelectMany(cluster => cluster.Present.Concat(cluster.Applications.Select(application => application.Name))).Distinct(),
        ];
        tally.Expect(names);

        foreach (var name in names)
        {
            tally.Record(name, null);
        }

        foreach (var problem in difference.Problems)
        {
            var place = names.FirstOrDefault(name => problem.StartsWith($"{name} ", StringComparison.Ordinal)) ?? Removals.File;
            tally.Expect(place);
            tally.Record(place, problem);
        }
    }
}
