using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Clusters;

namespace Causeway.Offline.Clusters;

/// <summary>
/// Objects are written by server-side apply. The API's answers are played (<see cref="PlayedApi"/>): what is shown is what is asked of it, and not that a
/// real API server takes it.
/// </summary>
public sealed class ServerSideApplyTests : IAsyncLifetime
{
    private PlayedApi api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await PlayedApi.StartAsync(Stop);
        api.Plays("/api/v1", PlayedApi.Kinds(("configmaps", "ConfigMap", true), ("namespaces", "Namespace", false)));
        api.Plays("/apis/apps/v1", PlayedApi.Kinds(("deployments", "Deployment", true), ("deployments/scale", "Scale", true)));
    }

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    private async Task ApplyAsync(TimeSpan patience, params string[] objects)
    {
        using var client = (k8s.Kubernetes)api.Client();
        var apply = new ServerSideApply(client, TimeProvider.System, TimeSpan.FromMilliseconds(10), patience);

        foreach (var item in objects)
        {
            await apply.ApplyAsync(JsonNode.Parse(item)!.AsObject(), "here", Stop);
        }
    }

    [Theory]
    [InlineData("v1", "Namespace", "", "/api/v1/namespaces/a")]
    [InlineData("v1", "ConfigMap", "", "/api/v1/namespaces/here/configmaps/a")]
    [InlineData("v1", "ConfigMap", "\"namespace\": \"there\",", "/api/v1/namespaces/there/configmaps/a")]
    [InlineData("apps/v1", "Deployment", "", "/apis/apps/v1/namespaces/here/deployments/a")]
    public async Task An_object_is_applied_where_the_API_says_its_kind_is(string version, string kind, string place, string path)
    {
        var item = $$"""{ "apiVersion": "{{version}}", "kind": "{{kind}}", "metadata": { {{place}} "name": "a" } }""";

        await ApplyAsync(TimeSpan.Zero, item);

        var change = Assert.Single(api.Changes);
        Assert.Equal(($"{path}?fieldManager=causeway&force=true", "application/apply-patch+yaml"), (change.Path, change.Type));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(item), JsonNode.Parse(change.Body)));
    }

    [Fact]
    public async Task A_kind_that_was_defined_a_moment_ago_is_waited_for()
    {
        api.Plays(
            "/apis/shop.example/v1",
            (404, PlayedApi.Status(404, "NotFound", "no such group")),
            (200, PlayedApi.Kinds(("others", "Other", true))),
            (200, PlayedApi.Kinds(("others", "Other", true), ("things", "Thing", true))));

        await ApplyAsync(TimeSpan.FromMinutes(1), """{ "apiVersion": "shop.example/v1", "kind": "Thing", "metadata": { "name": "a" } }""");

        Assert.StartsWith("/apis/shop.example/v1/namespaces/here/things/a?", Assert.Single(api.Changes).Path, StringComparison.Ordinal);
        Assert.Equal(3, api.Asked.Count(one => one is "GET /apis/shop.example/v1"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_kind_that_the_API_does_not_serve_is_named(int code)
    {
        api.Plays("/apis/shop.example/v1", (code, PlayedApi.Status(code, "No", "said by the API")));

        var error = await Assert.ThrowsAsync<PlatformException>(() =>
            ApplyAsync(TimeSpan.Zero, """{ "apiVersion": "shop.example/v1", "kind": "Thing", "metadata": { "name": "a" } }"""));

        Assert.Equal($"The cluster does not serve the kind Thing of shop.example/v1: {code}.", error.Message);
        Assert.Contains("said by the API", error.Log, StringComparison.Ordinal);
        Assert.Empty(api.Changes);
    }

    [Fact]
    public async Task What_the_API_refuses_is_named_with_its_words()
    {
        api.Plays("/apis/apps/v1/namespaces/here/deployments/a", (422, PlayedApi.Status(422, "Invalid", "spec.selector: Required value")));

        var error = await Assert.ThrowsAsync<PlatformException>(() =>
            ApplyAsync(TimeSpan.Zero, """{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "a" } }"""));

        Assert.Equal("The cluster refused Deployment a: 422.", error.Message);
        Assert.Contains("spec.selector: Required value", error.Log, StringComparison.Ordinal);
    }
}
