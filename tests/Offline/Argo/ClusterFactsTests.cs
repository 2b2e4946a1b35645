using Causeway.Harness.Argo;

namespace Causeway.Offline.Argo;

/// <summary>What Terraform tells Argo CD of an environment is read there. What is read and not told: <see cref="ClusterRendererTests"/>.</summary>
public sealed class ClusterFactsTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public void Every_fact_of_every_cluster_is_read() => Assert.Equal([], ClusterFacts.Unread(workbench.Checkout));

    [Theory]
    [InlineData("argocd/clusters/staging.yaml", "    runtime: ", "    runtme: ", "runtme")]
    [InlineData("argocd/clusters/staging.yaml", "causeway/vpc: ", "causeway/vpn: ", "causeway/vpn")]
    [InlineData("argocd/platform/external-dns/addon.yaml", "<causeway/zone>", "<causeway/zones>", "causeway/zone")]
    public async Task A_fact_that_is_misspelt_at_one_end_is_named_with_its_file(string file, string from, string to, string fact)
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Replace(file, from, to);

        Assert.Contains(
            ClusterFacts.Unread(tree.Repository),
            line => line.StartsWith($"argocd/clusters/staging.yaml has the fact {fact}, which no file of ", StringComparison.Ordinal));
    }
}
