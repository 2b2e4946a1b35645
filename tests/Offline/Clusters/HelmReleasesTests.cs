using Causeway.Harness.Clusters;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Clusters;

/// <summary>What Helm is told, and how its list is read.</summary>
public sealed class HelmReleasesTests(Workbench workbench)
{
    private static readonly KubeconfigContext Context = new("/config", "shop", "shop", ClusterTool.None, "");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HelmReleases Releases => new("helm", Context);

    [Fact]
    public void It_installs_or_changes_a_release_with_all_its_documents_in_the_context_that_was_chosen() =>
        Assert.Equal(
            "helm upgrade store /charts/workload --install --namespace shop --values a.yaml --values b.json --history-max 5 " +
            "--kubeconfig /config --kube-context shop",
            $"{Releases.Upgrade(new HelmRelease("store", "/charts/workload", "shop", "a.yaml", "b.json") { Arguments = ["--kube-version", "1.35.0"] })}");

    [Fact]
    public void It_removes_and_lists_in_the_context_that_was_chosen()
    {
        Assert.Equal(
            "helm uninstall store --namespace shop --kubeconfig /config --kube-context shop",
            $"{Releases.Uninstall(new ListedRelease("store", "shop", "failed", ""))}");
        Assert.Equal("helm list --namespace shop --all --output json --kubeconfig /config --kube-context shop", $"{Releases.List("shop")}");
    }

    /// <summary>The real Helm, asking a played API (<see cref="PlayedApi"/>) for a release that a killed Helm left behind.</summary>
    [Fact]
    public async Task Helm_lists_a_release_that_was_left_pending()
    {
        await using var api = await PlayedApi.StartAsync(Stop);
        api.Plays("/version", """{ "major": "1", "minor": "33", "gitVersion": "v1.33.1" }""");
        api.Plays("/api/v1/namespaces/shop/secrets", PlayedApi.List(Secret("""
            { "name": "store", "namespace": "shop", "version": 1, "info": { "status": "pending-install", "last_deployed": "2026-11-30T06:00:00Z" },
              "chart": { "metadata": { "name": "workload", "version": "1.0.0" } } }
            """)).Replace("\"List\"", "\"SecretList\"", StringComparison.Ordinal));
        var kubeconfig = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.config");
        await File.WriteAllTextAsync(
            kubeconfig,
            $$"""
            { apiVersion: v1, kind: Config, current-context: shop, contexts: [{ name: shop, context: { cluster: shop, user: me } }],
              clusters: [{ name: shop, cluster: { server: "{{api.Address}}" } }], users: [{ name: me, user: {} }] }
            """,
            Stop);
        var context = KubeconfigContext.Find(kubeconfig, null);

        var listed = Assert.Single(await new HelmReleases(workbench.Tools.Helm, context).ListAsync("shop", Stop));

        Assert.Equal(("store", "shop", "pending-install", true), (listed.Name, listed.Namespace, listed.Status, listed.IsUnfinished));
    }

    // As Helm keeps a release: JSON, packed, and coded twice.
    private static string Secret(string release)
    {
        using var packed = new MemoryStream();

        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(release));
        }

        var once = Convert.ToBase64String(packed.ToArray());

        return $$"""
            { "apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1",
              "metadata": { "name": "sh.helm.release.v1.store.v1", "namespace": "shop", "labels": { "owner": "helm", "name": "store", "status": "pending-install", "version": "1" } },
              "data": { "release": "{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(once))}}" } }
            """;
    }
}
