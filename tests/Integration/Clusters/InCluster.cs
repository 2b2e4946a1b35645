using System.Net;
using Causeway.Harness;
using Causeway.Harness.Clusters;
using Causeway.Harness.Local;
using k8s;
using k8s.Models;

namespace Causeway.Integration.Clusters;

/// <summary>A real cluster: what a played API cannot show (tests/Offline/Clusters).</summary>
public sealed class InCluster(RunningCluster running) : IClassFixture<RunningCluster>
{
    private const string EdgeNamespace = "edge";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_complete_and_a_second_up_keeps_the_pods()
    {
        var platform = running.Platform;
        using var cluster = platform.Context.Connect();
        var before = await PodsAsync(cluster);

        var namespaces = await platform.UpAsync(Stop);

        var parts = await platform.StatusAsync(Stop);
        Assert.Equal(namespaces.Order(), parts.Select(part => part.Which.Namespace).Distinct().Order());
        Assert.All(parts, part => Assert.Equal(RolloutState.Complete, part.Verdict.State));
        // An autoscaler may have added some meanwhile.
        Assert.NotEmpty(before);
        Assert.Subset(await PodsAsync(cluster), before);
    }

    [Fact]
    public async Task The_edge_routes_by_host_and_path_and_answers_for_what_no_route_leads_to()
    {
        var platform = running.Platform;
        await using var edge = await platform.ForwardAsync(EdgeNamespace, Renderer.EdgeChart, null, Stop);
        using var http = new HttpClient { BaseAddress = edge.Address };

        using var answer = await http.GetAsync("/no-such-route", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("No Ingress has this host and path", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_out_without_an_image_is_explained_with_the_words_of_the_node()
    {
        var platform = running.Platform;
        using var cluster = platform.Context.Connect();
        var broken = await cluster.AppsV1.ReadNamespacedDeploymentAsync(Renderer.EdgeChart, EdgeNamespace, cancellationToken: Stop);
        broken.Metadata = new V1ObjectMeta { Name = "broken" };
        broken.Status = null;
        broken.Spec.Selector.MatchLabels = broken.Spec.Template.Metadata.Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "broken" };
        broken.Spec.Template.Spec.Containers[0].Image = $"localhost/causeway/nowhere@sha256:{new string('0', 64)}";
        var steps = new Silent();

        try
        {
            await using var events = await EventFollower.StartAsync(cluster, [EdgeNamespace], steps, Stop);
            await cluster.AppsV1.CreateNamespacedDeploymentAsync(broken, EdgeNamespace, cancellationToken: Stop);

            var failure = await Assert.ThrowsAsync<PlatformException>(() => new RolloutWatch(cluster, events, TimeSpan.FromMinutes(1), TimeProvider.System)
                .WaitAsync([new WantedRollout("Deployment", EdgeNamespace, "broken")], _ => { }, Stop));

            Assert.Contains("0 of 1 pods are available", failure.Message, StringComparison.Ordinal);
            Assert.Contains("cannot get the image", failure.Remedy, StringComparison.Ordinal);
            Assert.Contains(events.Said, item => item.IsWarning && item.About.StartsWith($"Pod {EdgeNamespace}/broken", StringComparison.Ordinal));
        }
        finally
        {
            await cluster.AppsV1.DeleteNamespacedDeploymentAsync("broken", EdgeNamespace, cancellationToken: CancellationToken.None);
        }
    }

    [Fact]
    public async Task Down_leaves_nothing_and_up_comes_back()
    {
        var platform = running.Platform;

        var removed = await platform.DownAsync(Stop);
        using var cluster = platform.Context.Connect();
        var left = (await cluster.CoreV1.ListNamespaceAsync(cancellationToken: Stop)).Items.Select(item => item.Metadata.Name);

        Assert.NotEmpty(removed);
        Assert.Empty(left.Intersect(removed));
        Assert.Empty(await platform.StatusAsync(Stop));
        Assert.Empty(await platform.DownAsync(Stop));
        Assert.Equal(removed.Order(), (await platform.UpAsync(Stop)).Order());
    }

    private static async Task<HashSet<string>> PodsAsync(IKubernetes cluster) =>
    [
        .. (await cluster.CoreV1.ListPodForAllNamespacesAsync(labelSelector: "causeway/environment", cancellationToken: Stop)).Items
            .Where(pod => pod.Metadata.DeletionTimestamp is null).Select(pod => pod.Metadata.Uid),
    ];
}
