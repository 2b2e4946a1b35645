using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Clusters;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Clusters;

/// <summary>
/// Applications in a cluster are held against those that are expected. The API's answers are played (<see cref="PlayedApi"/>), in the form of Argo CD's CRD:
/// what is shown is how they are read, and not that a real Argo CD gives them.
/// </summary>
public sealed class ArgoApplicationsTests(Workbench workbench) : IAsyncLifetime
{
    private const string Path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";

    private const string Sets = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applicationsets";

    private static readonly Application[] Expected = [Wanted("shop"), Wanted("watch")];

    private readonly FakeTimeProvider clock = new();
    private readonly List<string> told = [];
    private PlayedApi api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await PlayedApi.StartAsync(Stop);

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    private static string Spec(string name, string project = "workloads") => $$"""
        { "project": "{{project}}", "destination": { "namespace": "{{name}}" }, "source": { "path": "charts/{{name}}", "targetRevision": "main" } }
        """;

    private static Application Wanted(string name) =>
        new(name, "ApplicationSet all", JsonNode.Parse($$"""{ "metadata": { "name": "{{name}}" }, "spec": {{Spec(name)}} }""")!.AsObject());

    private static string Item(string name, string sync = "Synced", string health = "Healthy", string conditions = "", string? spec = null) => $$"""
        { "metadata": { "name": "{{name}}" }, "spec": {{spec ?? Spec(name)}},
          "status": { "sync": { "status": "{{sync}}" }, "health": { "status": "{{health}}" }, "conditions": [{{conditions}}] } }
        """;

    private async Task<IReadOnlyList<ApplicationVerdict>> WaitAsync(TimeSpan deadline = default, bool syncs = true)
    {
        using var client = api.Client();

        return await new ArgoApplications(client, clock, TimeSpan.Zero, syncs).WaitAsync(
            Expected,
            deadline,
            said =>
            {
                told.Add(said);
                clock.Advance(TimeSpan.FromSeconds(10));
            },
            Stop);
    }

    [Fact]
    public async Task What_is_expected_synced_and_healthy_is_well()
    {
        api.Plays(Path, PlayedApi.List(Item("watch"), Item("shop")));

        Assert.Equal([new("shop", null), new("watch", null)], await WaitAsync());
        Assert.Empty(told);
    }

    [Fact]
    public async Task What_is_missing_unexpected_different_or_not_healthy_is_named_with_its_conditions()
    {
        api.Plays(Path, PlayedApi.List(
            Item("other"),
            Item("shop", "OutOfSync", "Degraded", """{ "type": "SyncError", "message": "no such path" }""", Spec("shop", "default"))));

        var verdicts = await WaitAsync();

        Assert.Equal(
            [
                ("other", "it is not expected"),
                ("shop", "spec.project is \"default\", expected is \"workloads\"; it is OutOfSync and Degraded; SyncError: no such path"),
                ("watch", "it does not exist; ApplicationSet all should make it"),
            ],
            verdicts.Select(one => (one.Name, one.Problem)));
    }

    [Theory]
    [InlineData("Synced", "Progressing")]
    [InlineData("OutOfSync", "Healthy")]
    [InlineData("Unknown", "Missing")]
    public async Task Synced_alone_and_healthy_alone_are_not_enough(string sync, string health)
    {
        api.Plays(Path, PlayedApi.List(Item("watch"), Item("shop", sync, health)));

        Assert.Equal([new("shop", $"it is {sync} and {health}"), new("watch", null)], await WaitAsync());
    }

    [Fact]
    public async Task It_is_waited_until_all_are_well()
    {
        api.Plays(Path, PlayedApi.List(), PlayedApi.List(Item("shop", health: "Progressing"), Item("watch")), PlayedApi.List(Item("shop"), Item("watch")));

        Assert.All(await WaitAsync(TimeSpan.FromMinutes(5)), one => Assert.Null(one.Problem));
        Assert.Equal(
            ["2 of 2 to come, shop: it does not exist; ApplicationSet all should make it", "1 of 2 to come, shop: it is Synced and Progressing"], told);
    }

    [Fact]
    public async Task The_last_look_is_told_when_the_time_is_over()
    {
        api.Plays(Path, PlayedApi.List(Item("shop", health: "Progressing"), Item("watch")));

        Assert.Contains(await WaitAsync(TimeSpan.FromSeconds(25)), one => one is { Name: "shop", Problem: not null });
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public async Task Where_nothing_syncs_only_what_they_are_counts()
    {
        api.Plays(Path, PlayedApi.List(Item("watch", "Unknown", "Missing"), Item("shop", "OutOfSync", "Degraded", spec: Spec("shop", "default"))));

        Assert.Equal(
            [new("shop", "spec.project is \"default\", expected is \"workloads\""), new("watch", null)], await WaitAsync(syncs: false));
    }

    [Fact]
    public async Task What_kept_a_set_from_making_them_is_told_in_its_words()
    {
        api.Plays(Sets, PlayedApi.List(
            """
            { "metadata": { "name": "platform" }, "status": { "conditions": [
              { "type": "ErrorOccurred", "status": "True", "message": "no such repository" }, { "type": "ResourcesUpToDate", "status": "False", "message": "no" }] } }
            """,
            """{ "metadata": { "name": "good" }, "status": { "conditions": [{ "type": "ErrorOccurred", "status": "False", "message": "all is well" }] } }""",
            """{ "metadata": { "name": "new" } }"""));
        using var client = api.Client();

        Assert.Equal(
            ["ApplicationSet platform: no such repository"], await new ArgoApplications(client, clock, TimeSpan.Zero).ErrorsOfSetsAsync(Stop));
    }

    [Theory]
    [InlineData(404, "there is no Argo CD in it")]
    [InlineData(403, "refused to show the applications in namespace argocd: 403")]
    public async Task A_cluster_that_does_not_show_them_is_an_error(int code, string message)
    {
        api.Plays(Path, (code, PlayedApi.Status(code, "No", "no")));

        var error = await Assert.ThrowsAsync<PlatformException>(() => WaitAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The real command: what the environment's offline expansion expects, against an empty cluster.</summary>
    [Fact]
    public async Task The_command_names_every_application_that_the_expansion_expects()
    {
        api.PlaysNothing(Path, Sets);
        var config = System.IO.Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.config");
        await File.WriteAllTextAsync(config, $$"""
            { apiVersion: v1, kind: Config, current-context: here, contexts: [{ name: here, context: { cluster: here, user: me } }],
              clusters: [{ name: here, cluster: { server: "{{api.Address}}" } }], users: [{ name: me, user: { token: abc } }] }
            """, Stop);
        var environment = workbench.Checkout.Environments().First(name => File.Exists(ClusterFile.PathTo(workbench.Checkout, name)));

        var run = await CommandLine.Of(
                "dotnet",
                workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll"), "applications", environment, "--cluster", config)
            .In(workbench.Checkout.Root).With("CAUSEWAY_ROOT", workbench.Checkout.Root).TryRunAsync(Stop);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"not ok  root +it does not exist; Terraform should make it", run.Output);
        Assert.Matches(@"applications: (\d+) expected, \1 checked, 0 skipped, \1 failed; context here", run.Output);
    }
}
