using Causeway.Harness;
using Causeway.Harness.Clusters;

namespace Causeway.Integration.Clusters;

/// <summary>
/// The platform in the cluster whose kubeconfig <c>CAUSEWAY_CLUSTER</c> names, brought up once for the tests of a class and taken down after the last.
/// <c>CAUSEWAY_REGISTRY</c> is where images are pushed to, for a cluster of neither kind nor minikube.
/// </summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private ClusterPlatform? platform;

    /// <summary>The kubeconfig; null: no cluster was given.</summary>
    public static string? Kubeconfig => Environment.GetEnvironmentVariable("CAUSEWAY_CLUSTER") is { Length: > 0 } file ? file : null;

    public Repository Repository { get; } = Repository.Find();

    /// <summary>Skips the test where no cluster was given.</summary>
    public ClusterPlatform Platform
    {
        get
        {
            Assert.SkipWhen(Kubeconfig is null, "needs a cluster: CAUSEWAY_CLUSTER=<kubeconfig>, see docs/clusters.md");

            return platform!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Kubeconfig is { } file)
        {
            platform = new ClusterPlatform(
                Repository,
                new ClusterOptions(file, null, Registry: Environment.GetEnvironmentVariable("CAUSEWAY_REGISTRY") is { Length: > 0 } name ? name : null),
                new Silent());
            await platform.DownAsync(TestContext.Current.CancellationToken);
            await platform.UpAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (platform is not null)
        {
            await platform.DownAsync(CancellationToken.None);
            platform.Dispose();
        }
    }
}
