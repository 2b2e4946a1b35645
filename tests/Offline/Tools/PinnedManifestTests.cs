using Causeway.Harness;
using Causeway.Harness.Tools;

namespace Causeway.Offline.Tools;

/// <summary>A manifest is fetched by its commit, from real repositories of git, and refused where it is not what is pinned.</summary>
public sealed class PinnedManifestTests(Workbench workbench) : IAsyncLifetime
{
    private const string Manifest = """
        { apiVersion: v1, kind: Namespace, metadata: { name: a } }
        ---
        { apiVersion: apps/v1, kind: Deployment, metadata: { name: b }, spec: { template: { spec: { containers: [{ image: "example.com/tool:v1.2.3" }] } } } }
        """;

    private PinnedRepository source = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => source = await PinnedRepository.CreateAsync(workbench, Manifest, Stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ClusterManifest Pin => new("tool", source.Address, "v1.2.3", source.Commit, PinnedRepository.Path, "tool");

    private DirectoryInfo Folder => workbench.Scratch.CreateSubdirectory("manifests");

    private Task<IReadOnlyList<System.Text.Json.Nodes.JsonObject>> FetchAsync(ClusterManifest pin) =>
        new PinnedManifest(pin, Folder.CreateSubdirectory($"{pin.Commit}-{pin.Version}").FullName).FetchAsync(Stop);

    private async Task RefusedAsync(ClusterManifest pin, string message)
    {
        var error = await Assert.ThrowsAsync<PlatformException>(() => FetchAsync(pin));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("build/tools.yaml", error.Message + error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_objects_of_the_pinned_commit_are_fetched_and_nothing_stays(bool hasMessage)
    {
        await source.TagAsync("v1.2.3", hasMessage, Stop);
        var folder = Folder.CreateSubdirectory($"{Guid.NewGuid():N}");

        var objects = await new PinnedManifest(Pin, folder.FullName).FetchAsync(Stop);

        Assert.Equal(["Namespace", "Deployment"], objects.Select(item => (string?)item["kind"]));
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_tag_that_is_another_commit_or_is_not_there_is_refused()
    {
        await RefusedAsync(Pin, "has no tag v1.2.3");

        await source.TagAsync("v1.2.3", hasMessage: false, Stop);
        await RefusedAsync(Pin with { Commit = new string('1', 40) }, $"has the tag v1.2.3 at commit {source.Commit}");
    }

    [Fact]
    public async Task A_repository_that_cannot_be_reached_is_named_with_what_git_says()
    {
        var error = await Assert.ThrowsAsync<PlatformException>(() => FetchAsync(Pin with { Repository = "file:///nowhere" }));

        Assert.Contains("/nowhere", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("does not appear to be a git repository", error.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_or_a_version_that_the_commit_does_not_have_is_refused()
    {
        await source.TagAsync("v1.2.3", hasMessage: false, Stop);
        await source.TagAsync("v2.0.0", hasMessage: false, Stop);

        await RefusedAsync(Pin with { Path = "other.yaml" }, "`git show` failed");
        await RefusedAsync(Pin with { Version = "v2.0.0" }, "names no image tool:v2.0.0");
    }

    /// <summary>A repository whose file was replaced behind git's back has the right commit and the right names, and another content.</summary>
    [Fact]
    public async Task Content_that_has_another_hash_than_the_commit_says_is_refused()
    {
        await source.TagAsync("v1.2.3", hasMessage: false, Stop);
        await FetchAsync(Pin);
        await source.ReplaceBehindGitAsync(Manifest.Replace("name: b", "name: evil", StringComparison.Ordinal), Stop);

        await RefusedAsync(Pin, "could not be fetched");
    }

    [Fact, Trait("gate", "repository")]
    public void What_is_tried_is_what_an_environment_runs()
    {
        var pin = workbench.Tools.Manifest.Manifests.Single(one => one.Name is "argo-cd");
        var images = workbench.Checkout.Environments()
            .Select(name => (string?)Yaml.LoadFile(workbench.Checkout.PathTo("terraform", "envs", name, "env.yaml"))["env"]!["gitops"]?["images"]?["argocd"])
            .OfType<string>()
            .ToArray();

        Assert.NotEmpty(images);
        Assert.Contains(images, image => image.Contains($"/{pin.Image}:{pin.Version}@", StringComparison.Ordinal));
        Assert.Matches("^[0-9a-f]{40}$", pin.Commit);
    }
}
