using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Clusters;
using Causeway.Harness.Helm;
using Causeway.Offline.NewKinds;
using Causeway.Offline.Tools;

namespace Causeway.Offline.Clusters;

/// <summary>
/// <c>causeway applications --install</c>, as a user runs it: in a copy of this repository, with a small manifest in a real repository of git. The API's
/// answers are played (<see cref="PlayedApi"/>): what is shown is what is asked of a cluster, and not that a real Argo CD makes the same of it.
/// </summary>
public sealed class ArgoTrialTests(Workbench workbench) : IAsyncLifetime
{
    private const string Applications = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
    private const string Sets = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applicationsets";
    private const string Manifest = """
        { apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: applications.argoproj.io } }
        ---
        { apiVersion: v1, kind: ServiceAccount, metadata: { name: argocd-repo-server } }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: argocd-repo-server }
        spec: { replicas: 1, template: { spec: { containers: [{ image: "quay.io/argoproj/argocd:v0.0.1" }] } } }
        ---
        { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: argocd-application-controller }, spec: { replicas: 1 } }
        """;

    private const string Elsewhere = "https://ci.example.com/elsewhere";

    private PlayedApi api = null!;
    private Harness.Repository copy = null!;
    private string environment = "";
    private string commit = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await PlayedApi.StartAsync(Stop);
        copy = await KindTree.CopyAsync(workbench, Stop, file =>
            file.StartsWith("argocd/", StringComparison.Ordinal) || file.StartsWith("helm/", StringComparison.Ordinal) ||
            file.StartsWith("monitoring/", StringComparison.Ordinal) || file.StartsWith("schemas/", StringComparison.Ordinal) ||
            file.StartsWith("terraform/envs/", StringComparison.Ordinal) || file is "build/tools.yaml" or "global.json" ||
            (file.StartsWith("services/", StringComparison.Ordinal) && !file.EndsWith(".cs", StringComparison.Ordinal)));
        environment = copy.Environments().First(name => File.Exists(ClusterFile.PathTo(copy, name)) && !name.Contains("prod", StringComparison.Ordinal));
        commit = (await KindTree.GitAsync(copy, Stop, "rev-parse", "HEAD")).Trim();
        await PinAsync(Manifest);
        PlaysCluster();
    }

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    // In place of Argo CD's own repository.
    private async Task PinAsync(string manifest)
    {
        var source = await PinnedRepository.CreateAsync(workbench, manifest, Stop);
        await source.TagAsync("v0.0.1", hasMessage: false, Stop);
        var file = copy.PathTo("build", "tools.yaml");
        var pin = workbench.Tools.Manifest.Manifests.Single(one => one.Name is "argo-cd");
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(workbench.Checkout.PathTo("build", "tools.yaml"), Stop))
                .Replace(pin.Repository, source.Address, StringComparison.Ordinal)
                .Replace(pin.Version, "v0.0.1", StringComparison.Ordinal)
                .Replace(pin.Commit, source.Commit, StringComparison.Ordinal),
            Stop);
    }

    private void PlaysCluster()
    {
        api.Plays("/version", """{ "major": "1", "minor": "33", "gitVersion": "v1.33.1" }""");
        api.PlaysNothing("/api/v1/nodes", "/api/v1/namespaces", "/api/v1/namespaces/argocd/events", Applications, Sets);
        api.Plays("/api/v1", PlayedApi.Kinds(
            ("namespaces", "Namespace", false), ("serviceaccounts", "ServiceAccount", true), ("secrets", "Secret", true)));
        api.Plays("/apis/apps/v1", PlayedApi.Kinds(("deployments", "Deployment", true), ("statefulsets", "StatefulSet", true)));
        api.Plays("/apis/apiextensions.k8s.io/v1", PlayedApi.Kinds(("customresourcedefinitions", "CustomResourceDefinition", false)));
        api.Plays("/apis/argoproj.io/v1alpha1", PlayedApi.Kinds(
            ("applications", "Application", true), ("applicationsets", "ApplicationSet", true), ("appprojects", "AppProject", true)));
        api.Plays("/apis/apps/v1/namespaces/argocd/deployments", PlayedApi.List("""
            { "metadata": { "name": "argocd-repo-server", "namespace": "argocd", "generation": 1, "resourceVersion": "1" }, "spec": { "replicas": 1 },
              "status": { "observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1 } }
            """));
    }

    private Task<CommandResult> RunAsync(params string[] more) => RunInAsync("here", token: "", more);

    private async Task<CommandResult> RunInAsync(string context, string token, params string[] more)
    {
        var config = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.config");
        await File.WriteAllTextAsync(config, $$"""
            { apiVersion: v1, kind: Config, current-context: {{context}}, contexts: [{ name: {{context}}, context: { cluster: here, user: me } }],
              clusters: [{ name: here, cluster: { server: "{{api.Address}}" } }], users: [{ name: me, user: { token: abc } }] }
            """, Stop);

        return await CommandLine.Of(
                "dotnet",
                [
                    workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll"),
                    "applications", environment, "--cluster", config, "--install", "--timeout", "0", .. more,
                ])
            .In(copy.Root).With("CAUSEWAY_ROOT", copy.Root).With("CAUSEWAY_REPOSITORY_TOKEN", token).TryRunAsync(Stop);
    }

    // What the sets make, in the form in which the API has it.
    private async Task<JsonObject[]> MadeAsync() =>
    [
        .. (await new ReleaseRenderer(copy, workbench.Helm, workbench.Scratch.CreateSubdirectory($"{Guid.NewGuid():N}").FullName).ClusterAsync(
                environment, Stop, new((string)ReleaseRenderer.Facts(copy, environment)["gitops"]!["repository"]!, Elsewhere, commit)))
            .Applications.Select(one => one.Application.Json.DeepClone().AsObject()),
    ];

    private JsonNode Changed(string path) => JsonNode.Parse(Assert.Single(api.Changes, one => one.Path.StartsWith($"{path}?", StringComparison.Ordinal)).Body)!;

    private static void Refused(CommandResult run, int exitCode, string message)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("to do:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_agrees_is_well_and_nothing_that_syncs_was_started()
    {
        var made = await MadeAsync();
        api.Plays(Applications, PlayedApi.List([.. made.Select(item => item.ToJsonString())]));

        var run = await RunInAsync("here", "a-token", "--repository", Elsewhere);

        Assert.True(run.ExitCode is 0, run.Tail());
        Assert.Contains($"{made.Length} expected, {made.Length} checked, 0 skipped, 0 failed; context here", run.Output, StringComparison.Ordinal);
        Assert.Contains($"commit {commit} of {Elsewhere}, read with CAUSEWAY_REPOSITORY_TOKEN", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (int)Changed("/apis/apps/v1/namespaces/argocd/statefulsets/argocd-application-controller")["spec"]!["replicas"]!);
        Assert.Equal(1, (int)Changed("/apis/apps/v1/namespaces/argocd/deployments/argocd-repo-server")["spec"]!["replicas"]!);

        // The cluster is told of the address and the commit, and given the token, which is printed nowhere.
        var secret = Changed($"/api/v1/namespaces/argocd/secrets/{environment}-cluster");
        Assert.Equal(
            (Elsewhere, commit),
            ((string?)secret["metadata"]!["annotations"]!["causeway/repository"], (string?)secret["metadata"]!["annotations"]!["causeway/revision"]));
        var credentials = Changed("/api/v1/namespaces/argocd/secrets/causeway-repository")["stringData"]!;
        Assert.Equal((Elsewhere, "a-token"), ((string?)credentials["url"], (string?)credentials["password"]));
        Assert.DoesNotContain("a-token", run.Output + run.Error, StringComparison.Ordinal);

        // Every set of the folder, after the projects that its Applications are in.
        var order = api.Changes.Select(one => one.Path.Split('?')[0]).ToList();
        var sets = Directory.GetFiles(copy.PathTo("argocd", "appsets")).Select(file => $"{Sets}/{Path.GetFileNameWithoutExtension(file)}").ToArray();
        Assert.All(sets, set => Assert.True(order.IndexOf(set) > order.FindLastIndex(path => path.Contains("/appprojects/", StringComparison.Ordinal)), set));
        Assert.Equal(commit, (string?)Changed($"{Sets}/workloads")["spec"]!["generators"]![0]!["matrix"]!["generators"]![1]!["git"]!["revision"]);
    }

    [Fact]
    public async Task It_can_be_repeated_and_what_differs_or_is_missing_is_shown_with_what_the_sets_say()
    {
        var made = await MadeAsync();
        var other = made.Single(item => (string?)item["metadata"]!["name"] is "monitoring");
        other["spec"]!["source"]!["path"] = "elsewhere";
        api.Plays(Applications, PlayedApi.List([.. made.Skip(1).Select(item => item.ToJsonString())]));
        api.Plays(Sets, PlayedApi.List("""
            { "metadata": { "name": "platform" }, "status": { "conditions": [{ "type": "ErrorOccurred", "status": "True", "message": "authentication required" }] } }
            """));

        var first = await RunAsync("--repository", Elsewhere);
        var changes = api.Changes;
        var second = await RunAsync("--repository", Elsewhere);

        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        Assert.Matches(@"not ok  monitoring +spec\.source is .*elsewhere", second.Output);
        Assert.Matches($@"not ok  {made[0]["metadata"]!["name"]} +it does not exist", second.Output);
        Assert.Contains("ApplicationSet platform: authentication required", second.Output, StringComparison.Ordinal);
        Assert.Contains($"{made.Length} expected, {made.Length} checked, 0 skipped, 2 failed", second.Output, StringComparison.Ordinal);
        Assert.Equal(changes, api.Changes.Skip(changes.Count));
        Assert.DoesNotContain(changes, one => one.Path.Contains("causeway-repository", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manifest_that_is_not_the_pinned_one_is_refused_before_anything_is_changed()
    {
        var file = copy.PathTo("build", "tools.yaml");
        await File.WriteAllTextAsync(
            file,
            System.Text.RegularExpressions.Regex.Replace(await File.ReadAllTextAsync(file, Stop), "commit: \"[0-9a-f]{40}", $"commit: \"{new string('1', 40)}"),
            Stop);

        Refused(await RunAsync(), 1, "has the tag v0.0.1 at commit");
        Assert.Empty(api.Changes);
    }

    [Fact]
    public async Task A_manifest_in_which_what_syncs_is_not_found_is_refused_before_anything_is_changed()
    {
        await PinAsync(Manifest.Replace("argocd-application-controller", "argocd-syncer", StringComparison.Ordinal));

        Refused(await RunAsync(), 1, "Argo CD's manifest has no argocd-application-controller");
        Assert.Empty(api.Changes);
    }

    [Fact]
    public async Task A_fact_that_the_cluster_s_secret_lacks_is_named_before_anything_is_changed()
    {
        var file = ClusterFile.PathTo(copy, environment);
        var text = await File.ReadAllTextAsync(file, Stop);
        await File.WriteAllTextAsync(file, text.Replace("causeway/region:", "causeway/regoin:", StringComparison.Ordinal), Stop);
        Refused(await RunAsync(), 1, "causeway/region");

        await File.WriteAllTextAsync(file, text.Replace("causeway/revision:", "causeway/revisoin:", StringComparison.Ordinal), Stop);
        Refused(await RunAsync(), 1, $"The cluster's secret {environment}-cluster lacks the fact causeway/revision");
        Assert.Empty(api.Changes);
    }

    [Fact]
    public async Task An_Argo_CD_that_was_not_installed_here_is_left_alone()
    {
        api.Plays("/api/v1/namespaces", PlayedApi.List("""{ "metadata": { "name": "argocd" } }"""));

        Refused(await RunAsync(), 1, $"The cluster has a namespace argocd that was not made here for environment {environment}");
        Assert.Empty(api.Changes);
    }

    [Fact]
    public async Task Mistakes_of_the_call_are_refused_before_anything_is_changed()
    {
        Refused(await RunInAsync("prod-eu", ""), 2, "Context prod-eu (cluster here) is called like one that people depend on");
        Refused(await RunAsync("--revision", "no-such-branch"), 2, "no-such-branch names no commit of this clone");
        Assert.Empty(api.Changes);
    }
}
