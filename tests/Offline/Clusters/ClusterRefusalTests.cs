using Causeway.Harness;
using Causeway.Harness.Clusters;
using k8s.Models;

namespace Causeway.Offline.Clusters;

/// <summary>A cluster that the charts cannot run in is refused before anything is done, with the way out.</summary>
public sealed class ClusterRefusalTests(Workbench workbench)
{
    private static readonly KubeconfigContext Plain = new("/home/me/.kube/config", "shop", "shop", ClusterTool.None, "");

    private string Chart => workbench.WorkloadChart;

    [Theory]
    [InlineData("v1.30.0")]
    [InlineData("v1.36.2-eks-1234")]
    [InlineData("v2.0.0")]
    public void An_API_that_the_charts_know_is_accepted(string version) => ClusterCheck.ExpectVersion(version, [Chart]);

    [Theory]
    [InlineData("v1.29.15")]
    [InlineData("v1.9.0")]
    [InlineData("v0.99.0")]
    public void An_older_API_is_refused(string version)
    {
        var refusal = Assert.Throws<PlatformException>(() => ClusterCheck.ExpectVersion(version, [Chart]));

        Assert.Equal($"The cluster runs Kubernetes {version}; chart workload needs >=1.30.0-0.", refusal.Message);
        Assert.Contains("1.30 or newer", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_none_is_refused() =>
        Assert.Contains(
            "names no version", Assert.Throws<PlatformException>(() => ClusterCheck.ExpectVersion("main", [Chart])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("pending-install")]
    [InlineData("pending-upgrade")]
    [InlineData("pending-rollback")]
    [InlineData("uninstalling")]
    public void A_release_that_Helm_has_not_finished_is_refused(string status)
    {
        var refusal = Assert.Throws<PlatformException>(() => ClusterCheck.ExpectNotPending([Release("deployed"), Release(status)], Plain));

        Assert.Contains($"Helm release store in namespace shop is {status} since 2026-11-30", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            "helm rollback store --namespace shop --kubeconfig /home/me/.kube/config --kube-context shop", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Finished_releases_are_accepted_even_failed_ones() =>
        ClusterCheck.ExpectNotPending([Release("deployed"), Release("failed"), Release("superseded")], Plain);

    [Fact]
    public void Without_a_registry_a_cluster_of_no_known_tool_is_refused() =>
        Assert.Contains(
            "--registry", Assert.Throws<UsageException>(() => Images(Plain, "containerd://2.1.3").ExpectPossible()).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("docker://28.0.1")]
    [InlineData("cri-o://1.33.0")]
    public void A_node_that_does_not_keep_digests_is_refused(string runtime)
    {
        var refusal = Assert.Throws<UsageException>(
            () => Images(Plain with { Tool = ClusterTool.Minikube }, "containerd://2.1.3", runtime).ExpectPossible());

        Assert.Contains($"Node node-1 runs {runtime}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--container-runtime=containerd", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_registry_any_cluster_will_do()
    {
        new ClusterImages(null!, Plain, [], "registry.example.com/shop", "").ExpectPossible();
        Images(Plain with { Tool = ClusterTool.Kind }, "containerd://2.1.3").ExpectPossible();
    }

    [Fact]
    public void Images_are_loaded_by_the_tool_that_made_the_cluster()
    {
        Assert.Equal(
            "kind load image-archive /tmp/image.tar --name test",
            $"{Images(Plain with { Tool = ClusterTool.Kind, ToolName = "test" }).ToolCommand("/tmp/image.tar")}");
        Assert.Equal(
            "minikube --profile shop image load /tmp/image.tar",
            $"{Images(Plain with { Tool = ClusterTool.Minikube, ToolName = "shop" }).ToolCommand("/tmp/image.tar")}");
    }

    private static ListedRelease Release(string status) => new("store", "shop", status, "2026-11-30 06:00:00 +0000 UTC");

    private static ClusterImages Images(KubeconfigContext context, params string[] runtimes) => new(
        null!,
        context,
        [.. runtimes.Select((runtime, at) => new V1Node
        {
            Metadata = new V1ObjectMeta { Name = $"node-{at}" },
            Status = new V1NodeStatus { NodeInfo = new V1NodeSystemInfo { ContainerRuntimeVersion = runtime } },
        })],
        null,
        "");
}
