using System.Net;
using System.Net.Sockets;
using Causeway.Harness;
using Causeway.Harness.Clusters;
using k8s;

namespace Causeway.Offline.Clusters;

/// <summary>The first question to a cluster: answered, refused, or not answered. Answers are played (<see cref="PlayedApi"/>); the silence is real.</summary>
public sealed class ClusterAnswersTests : IAsyncLifetime
{
    private static readonly KubeconfigContext Context = new("/config", "shop", "shop", ClusterTool.None, "");

    private PlayedApi api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await PlayedApi.StartAsync(Stop);

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task It_says_its_version_and_its_nodes()
    {
        api.Plays("/version", """{ "major": "1", "minor": "33", "gitVersion": "v1.33.1" }""");
        api.Plays("/api/v1/nodes", PlayedApi.List("""{ "metadata": { "name": "node-a" } }"""));

        var facts = await ClusterCheck.AskAsync(api.Client(), Context, Stop);

        Assert.Equal(("v1.33.1", "node-a"), (facts.Version, facts.Nodes.Single().Metadata.Name));
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_named()
    {
        api.Plays("/version", (401, PlayedApi.Status(401, "Unauthorized", "Unauthorized")));

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => ClusterCheck.AskAsync(api.Client(), Context, Stop));

        Assert.Equal("The cluster of context shop answers 401.", refusal.Message);
        Assert.Contains("Renew the credentials in /config", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_named()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();

        var refusal = await Assert.ThrowsAsync<PlatformException>(
            () => ClusterCheck.AskAsync(new k8s.Kubernetes(new KubernetesClientConfiguration { Host = address }), Context, Stop));

        Assert.Contains($"does not answer at {address}", refusal.Message, StringComparison.Ordinal);
    }
}
