using Causeway.Harness;
using Causeway.Harness.Clusters;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Clusters;

/// <summary>
/// Only namespaces of our own are made and deleted, and one that does not go names what it waits for. The API's answers are played
/// (<see cref="PlayedApi"/>): no namespace is really made or deleted here.
/// </summary>
public sealed class ClusterNamespacesTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces";
    private const string Ours = """{ "app.kubernetes.io/managed-by": "causeway", "causeway/environment": "local" }""";

    private readonly FakeTimeProvider clock = new();
    private PlayedApi api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async ValueTask InitializeAsync() => api = await PlayedApi.StartAsync(Stop);

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    private ClusterNamespaces Namespaces => new(api.Client(), "local", clock);

    private static string Namespace(string name, string labels = Ours, string status = "{}", string deletion = "null") => $$"""
        { "metadata": { "name": "{{name}}", "labels": {{labels}}, "deletionTimestamp": {{deletion}} }, "spec": { "finalizers": ["kubernetes"] }, "status": {{status}} }
        """;

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "app.kubernetes.io/managed-by": "Helm" }""")]
    [InlineData("""{ "app.kubernetes.io/managed-by": "causeway", "causeway/environment": "another" }""")]
    public async Task A_namespace_that_is_not_ours_is_refused(string labels)
    {
        api.Plays(Path, PlayedApi.List(Namespace("shop"), Namespace("monitoring", labels)));

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => Namespaces.ExpectOursAsync(["shop", "monitoring", "edge"], Stop));

        Assert.Contains("has a namespace monitoring that", refusal.Message, StringComparison.Ordinal);
        await Namespaces.ExpectOursAsync(["shop", "edge"], Stop);
    }

    [Fact]
    public async Task Missing_ones_are_made_and_those_that_are_there_are_left()
    {
        api.Plays(Path, PlayedApi.List(Namespace("shop")));

        Assert.Equal(1, await Namespaces.EnsureAsync(["shop", "edge"], Patience, Stop));
        Assert.Single(api.Asked, one => one == $"POST {Path}");
        Assert.Contains(
            api.Asked, one => one.Contains("labelSelector=app.kubernetes.io%2Fmanaged-by%3Dcauseway%2Ccauseway%2Fenvironment%3Dlocal",
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_on_its_way_out_is_waited_for_and_made_again()
    {
        api.Plays(Path, PlayedApi.List(Namespace("shop", deletion: "\"2026-11-30T06:00:00Z\"")));
        api.Sends(Path, "DELETED", Namespace("shop"));

        Assert.Equal(1, await Namespaces.EnsureAsync(["shop"], Patience, Stop));
        Assert.Equal($"POST {Path}", api.Asked[^1]);
    }

    [Fact]
    public async Task Deleted_ones_are_waited_for_until_they_are_gone()
    {
        api.Plays($"{Path}/shop", Namespace("shop"));
        api.Plays($"{Path}/edge", (404, PlayedApi.Status(404, "NotFound", "edge")));
        api.Plays(Path, PlayedApi.List(Namespace("shop")));
        api.Sends(Path, "MODIFIED", Namespace("shop"));
        api.Sends(Path, "DELETED", Namespace("shop"));
        var progress = new List<string>();

        await Namespaces.DeleteAsync(["shop", "edge"], Patience, progress.Add, Stop);

        Assert.Equal(["shop is gone, 0 to go"], progress);
        Assert.Contains($"DELETE {Path}/shop", api.Asked);
        Assert.Contains($"DELETE {Path}/edge", api.Asked);
    }

    [Fact]
    public async Task Those_that_were_gone_before_the_first_list_are_gone()
    {
        api.Plays($"{Path}/shop", Namespace("shop"));
        api.PlaysNothing(Path);

        await Namespaces.DeleteAsync(["shop"], Patience, _ => { }, Stop);
    }

    [Fact]
    public async Task One_that_hangs_names_its_finalizers()
    {
        api.Plays($"{Path}/shop", Namespace("shop"));
        api.Plays(Path, PlayedApi.List(Namespace("shop", status: """
            { "phase": "Terminating", "conditions": [
              { "type": "NamespaceDeletionContentFailure", "status": "False", "message": "All content successfully deleted" },
              { "type": "NamespaceContentRemaining", "status": "True", "message": "Some resources are remaining: persistentvolumeclaims. has 1 resource instances" },
              { "type": "NamespaceFinalizersRemaining", "status": "True", "message": "kubernetes.io/pvc-protection in 1 resource instances" }] }
            """)));

        var waiting = Namespaces.DeleteAsync(["shop"], Patience, _ => { }, Stop);

        while (!api.Asked.Any(one => one.Contains("watch=true", StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Stop);
        }

        clock.Advance(Patience);
        var hanging = await Assert.ThrowsAsync<PlatformException>(() => waiting);

        Assert.Equal("Namespace shop is still there after 60 s.", hanging.Message);
        Assert.Equal(
            """
            NamespaceContentRemaining: Some resources are remaining: persistentvolumeclaims. has 1 resource instances
            NamespaceFinalizersRemaining: kubernetes.io/pvc-protection in 1 resource instances
            finalizer of the namespace itself: kubernetes
            """,
            hanging.Log);
    }
}
