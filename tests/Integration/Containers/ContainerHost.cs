using Causeway.Harness;
using Causeway.Harness.Local;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;

namespace Causeway.Integration.Containers;

/// <summary>
/// Runs what a test starts by itself: Testcontainers over podman's Docker-compatible socket. Its own cleaner is an image that cannot be fetched here, so
/// every container carries the label of the tests' instance: the instance's <c>down</c> removes what a killed test left.
/// </summary>
internal sealed class ContainerHost : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("causeway-podman-");
    private readonly Podman podman;
    private readonly Task service;

    private ContainerHost(Podman podman)
    {
        this.podman = podman;
        TestcontainersSettings.ResourceReaperEnabled = false;
        service = podman.Command("system", "service", "--time", "0", Endpoint.ToString()).TryRunAsync(ending.Token);
    }

    private string Socket => Path.Combine(folder.FullName, "podman.sock");

    private Uri Endpoint => new($"unix://{Socket}");

    /// <summary>Starts podman's API; it answers when this returns.</summary>
    public static async Task<ContainerHost> StartAsync(Repository repository, Instance instance, CancellationToken stop)
    {
        var host = new ContainerHost(new Podman(repository, instance));
        await Eventually.TrueAsync("podman's API listens", TimeSpan.FromSeconds(20), () => Task.FromResult(File.Exists(host.Socket)), stop);

        return host;
    }

    /// <summary>A container of an image built here, labelled, with ten seconds to end in.</summary>
    /// <param name="image">Its name below <c>images/</c>.</param>
    public async Task<ContainerBuilder> OfAsync(string image, CancellationToken stop)
    {
        var names = await podman.RunAsync(
            stop, "images", "--filter", $"reference={Harness.Local.Images.Registry}/{image}", "--format", "{{.Repository}}:{{.Tag}}");

        return new ContainerBuilder(names.Split('\n')[0])
            .WithDockerEndpoint(Endpoint)
            .WithImagePullPolicy(PullPolicy.Never)
            .WithLabel(Instance.Label, podman.Instance.Name)
            .WithCreateParameterModifier(container => container.StopTimeout = TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await service.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        ending.Dispose();
        folder.Delete(recursive: true);
    }
}
