using Causeway.Harness;
using Causeway.Harness.Clusters;
using Causeway.Harness.Helm;
using Causeway.Harness.Tools;

namespace Causeway.Integration.Clusters;

/// <summary>
/// A real Argo CD: the Applications in a cluster are those that the offline expansion expects, from the same files, synced and healthy. The cluster is an
/// environment's, whose name <c>CAUSEWAY_ARGOCD</c> gives; <c>CAUSEWAY_CLUSTER</c> is its kubeconfig.
/// </summary>
public sealed class ArgoInCluster
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_applications_in_the_cluster_are_those_of_the_offline_expansion()
    {
        var stop = TestContext.Current.CancellationToken;
        var environment = Environment.GetEnvironmentVariable("CAUSEWAY_ARGOCD");
        Assert.SkipWhen(RunningCluster.Kubeconfig is null, "needs a cluster: CAUSEWAY_CLUSTER=<kubeconfig>, see docs/clusters.md");
        Assert.SkipWhen(string.IsNullOrEmpty(environment), "needs a cluster with Argo CD: CAUSEWAY_ARGOCD=<environment>, see docs/gitops.md");
        var repository = Repository.Find();
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        await tools.FetchNpmAsync(stop);
        var expected = await new ReleaseRenderer(repository, new HelmTool(tools), Path.Combine(repository.Cache, "applications"))
            .ClusterAsync(environment!, stop);
        using var cluster = KubeconfigContext.Find(RunningCluster.Kubeconfig!, null).Connect();

        var verdicts = await new ArgoApplications(cluster, TimeProvider.System, TimeSpan.FromSeconds(5)).WaitAsync(
            [.. expected.Applications.Select(one => one.Application)], Patience, line => TestContext.Current.TestOutputHelper?.WriteLine(line), stop);

        Assert.NotEmpty(verdicts);
        Assert.Empty(verdicts.Where(one => one.Problem is not null).Select(one => $"{one.Name}: {one.Problem}"));
    }
}
