using Causeway.Harness.Helm;
using Causeway.Harness.Terraform.Copies;

namespace Causeway.Harness.Argo.Diffs;

/// <summary>
/// What <c>causeway diff</c> does: what Argo CD would make of this tree, held against what it would make of the commit at which this tree and another branch
/// parted.
/// </summary>
/// <param name="time">Tells which day it is, for entries that end.</param>
public sealed class DiffRun(Repository repository, HelmTool helm, TimeProvider time)
{
    private readonly string folder = repository.PathTo(".causeway", "diff");

    /// <param name="reference">A git reference.</param>
    /// <exception cref="PlatformException">There is no such commit, or it cannot be rendered.</exception>
    /// <exception cref="InvalidDataException">Something of this tree is wrong or not supported.</exception>
    /// <exception cref="HelmException">Values of this tree do not fit the schema, or a template refused them.</exception>
    public async Task<Difference> AgainstAsync(string reference, CancellationToken stop)
    {
        var found = await MergeBase.FindAsync(repository.Root, reference, stop);
        var run = Path.Combine(folder, $"run-{Guid.NewGuid():N}");

        try
        {
            var before = new Repository(Path.Combine(run, "base"));
            await found.ExtractAsync(repository.Root, before.Root, stop);

            return await BetweenAsync(before, found.Commit, run, stop);
        }
        finally
        {
            if (Directory.Exists(run))
            {
                Directory.Delete(run, recursive: true);
            }
        }
    }

    private async Task<Difference> BetweenAsync(Repository before, string commit, string run, CancellationToken stop)
    {
        var values = Path.Combine(run, "values");
        var was = await AllAsync(before, values, commit, stop);
        var now = await AllAsync(repository, values, null, stop);
        ClusterDiff[] clusters =
        [
            .. was.Keys.Union(now.Keys)
                .Order(StringComparer.Ordinal)
                .Select(environment => ClusterComparison.Between(environment, was.GetValueOrDefault(environment), now.GetValueOrDefault(environment))),
        ];

        if (clusters is [])
        {
            throw new PlatformException(
                "No environment has a cluster that Argo CD syncs, so nothing was compared.", $"Add {ClusterFile.Folder}/<environment>.yaml: docs/gitops.md.");
        }

        string[] vanished = [.. clusters.SelectMany(cluster => cluster.Applications).Where(one => one.Kind is DiffKind.Removed).Select(one => one.Name)];
        var problems = Removals.Load(repository, time).Problems(vanished, [.. clusters.SelectMany(cluster => cluster.Present)]);

        return new(new DiffReport($"Argo CD, against {commit[..12]}", clusters, [.. Remarks(now.Values)], problems), clusters, problems);
    }

    // The environments on Kubernetes. A base from before there was a cluster file has nothing in its clusters that could vanish.
    private async Task<Dictionary<string, ClusterRendering>> AllAsync(Repository tree, string values, string? commit, CancellationToken stop)
    {
        var renderer = new ReleaseRenderer(tree, helm, values, repository.Root);
        var clusters = new Dictionary<string, ClusterRendering>(StringComparer.Ordinal);

        try
        {
            foreach (var environment in renderer.Environments())
            {
                if ((string?)ReleaseRenderer.Facts(tree, environment)["cluster"]?["runtime"] is "eks"
                    && (commit is null || File.Exists(ClusterFile.PathTo(tree, environment))))
                {
                    clusters[environment] = await renderer.ClusterAsync(environment, stop);
                }
            }

            return clusters;
        }
        catch (Exception broken) when (commit is not null && broken is InvalidDataException or HelmException)
        {
            throw new PlatformException(
                $"{commit[..12]} cannot be rendered, so there is nothing to compare with.",
                "Name another commit: one that this one fixes shows nothing. `./causeway render` shows what is made of this tree.",
                broken.Message,
                broken);
        }
    }

    private static IEnumerable<string> Remarks(IReadOnlyCollection<ClusterRendering> clusters)
    {
        foreach (var missing in clusters.SelectMany(cluster => cluster.Missing).GroupBy(one => one.Revision, one => one.Place))
        {
            yield return $"Revision {missing.Key} is not in this clone: each tree stands in for it, in {string.Join(", ", missing.Select(Short).Distinct())}.";
        }

        string[] skipped =
        [
            .. from cluster in clusters
               from one in cluster.Applications
               where one.Skipped is not ""
               select $"{cluster.Environment}/{one.Name}",
        ];

        if (skipped is not [])
        {
            yield return $"Objects of {skipped.Length} applications are not shown, since their charts cannot be fetched offline: {string.Join(", ", skipped)}.";
        }

        // Of a generator, the file and the set.
        static string Short(string place) => place.Split(": spec")[0];
    }
}

/// <summary>What was found, and whether it may be.</summary>
/// <param name="Problems">Why the change is refused; empty where it is not.</param>
public sealed record Difference(DiffReport Report, IReadOnlyList<ClusterDiff> Clusters, IReadOnlyList<string> Problems)
{
    /// <exception cref="PlatformException">An application would vanish that is not named, or an entry is out of date.</exception>
    public void ExpectAllowed()
    {
        if (Problems is not [])
        {
            throw new PlatformException(
                $"{Problems.Count} {(Problems.Count is 1 ? "removal is" : "removals are")} not allowed.",
                $"Restore what makes the applications, or name each in {Removals.File} with a reason, an owner and a last day: docs/gitops.md.",
                string.Join('\n', Problems));
        }
    }
}
