using Causeway.Harness;

namespace Causeway.Offline.Clusters;

/// <summary>The verbs with <c>--cluster</c>, run as a user runs them, up to where a cluster would be needed.</summary>
public sealed class ClusterVerbTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandLine.Of("dotnet", [workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll"), .. arguments])
            .In(workbench.Checkout.Root).With("CAUSEWAY_ROOT", workbench.Checkout.Root).TryRunAsync(Stop);

    private string Kubeconfig(string server = "http://127.0.0.1:9", string context = "shop", string credentials = "token: abc")
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.config");
        File.WriteAllText(file, $$"""
            { apiVersion: v1, kind: Config, current-context: {{context}}, contexts: [{ name: {{context}}, context: { cluster: shop, user: me } }],
              clusters: [{ name: shop, cluster: { server: "{{server}}" } }], users: [{ name: me, user: { {{credentials}} } }] }
            """);

        return file;
    }

    private static void Refused(CommandResult run, int exitCode, string message)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains($"failed: {message}", run.Error, StringComparison.Ordinal);
        Assert.Contains("to do:", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("status")]
    public async Task A_kubeconfig_that_does_not_exist_is_a_mistake_of_the_call(string verb) =>
        Refused(await RunAsync(verb, "--cluster", "/nowhere/config"), 2, "There is no kubeconfig /nowhere/config");

    [Theory]
    [InlineData("down")]
    [InlineData("status")]
    public async Task A_cluster_that_does_not_answer_is_named(string verb) =>
        Refused(await RunAsync(verb, "--cluster", Kubeconfig()), 1, "The API server of context shop does not answer at http://127.0.0.1:9");

    [Fact]
    public async Task A_context_that_sounds_like_production_is_refused_before_anything_else() =>
        Refused(await RunAsync("up", "--cluster", Kubeconfig(context: "prod-eu")), 2, "Context prod-eu (cluster shop) is called like one");

    [Fact]
    public async Task A_user_without_credentials_is_named() =>
        Refused(await RunAsync("status", "--cluster", Kubeconfig(credentials: "")), 2, "Context shop of ");

    [Fact]
    public async Task A_context_that_is_not_in_the_file_is_named() =>
        Refused(await RunAsync("status", "--cluster", Kubeconfig(), "--context", "elsewhere"), 2, "/");

    [Fact]
    public async Task An_environment_that_Argo_CD_installs_is_refused() =>
        Refused(await RunAsync("up", "--cluster", Kubeconfig(), "--env", "staging"), 2, "`up --cluster` installs an environment of kind local");

    [Theory]
    [InlineData("--instance", "mine")]
    [InlineData("--port", "8080")]
    [InlineData("--runtime", "ecs")]
    public async Task What_is_about_this_machine_does_not_go_with_a_cluster(string option, string value) =>
        Refused(await RunAsync("up", "--cluster", Kubeconfig(), option, value), 2, $"{option} is about this machine");

    [Theory]
    [InlineData("--context", "shop")]
    [InlineData("--registry", "registry.example.com/shop")]
    [InlineData("--env", "local")]
    public async Task What_is_about_a_cluster_does_not_go_without_one(string option, string value) =>
        Refused(await RunAsync("up", option, value), 2, $"{option} is about a cluster, and none is given");

    /// <summary>An operator command is told of a cluster as <c>up</c> is: by a kubeconfig and, if it is not the current one, a context.</summary>
    [Fact]
    public async Task An_operator_command_takes_a_kubeconfig_and_a_context()
    {
        string[] command = ["orders", "stock"];

        Refused(await RunAsync([.. command, "--cluster", "/nowhere/config"]), 2, "There is no kubeconfig /nowhere/config");
        Refused(await RunAsync([.. command, "--cluster", Kubeconfig(), "--context", "elsewhere"]), 2, "/");
        Refused(await RunAsync([.. command, "--cluster", Kubeconfig(credentials: "")]), 2, "Context shop of ");
        Refused(await RunAsync([.. command, "--cluster", Kubeconfig(context: "mine"), "--context", "mine"]), 1, "The cluster cannot be reached.");
        Refused(await RunAsync([.. command, "--cluster", Kubeconfig(), "--instance", "mine"]), 2, "--instance is about this machine");
        Refused(await RunAsync([.. command, "--context", "shop"]), 2, "--context is about a cluster, and none is given");
    }

    [Fact]
    public async Task A_timeout_of_nothing_is_refused() =>
        Refused(await RunAsync("status", "--cluster", Kubeconfig(), "--timeout", "0"), 2, "--timeout 0 leaves no time");

    /// <summary>The API is played (<see cref="PlayedApi"/>): its objects are read by the real command over real HTTP.</summary>
    [Fact]
    public async Task Status_shows_what_is_installed_and_fails_while_something_is_not_complete()
    {
        await using var api = await PlayedApi.StartAsync(Stop);
        api.Plays("/version", """{ "major": "1", "minor": "33", "gitVersion": "v1.33.1" }""");
        api.PlaysNothing(
            "/api/v1/nodes", "/apis/apps/v1/namespaces/shop/statefulsets", "/apis/apps/v1/namespaces/shop/daemonsets", "/apis/batch/v1/namespaces/shop/jobs");
        api.Plays("/api/v1/namespaces", PlayedApi.List(), PlayedApi.List("""{ "metadata": { "name": "shop" } }"""));
        api.Plays(
            "/apis/apps/v1/namespaces/shop/deployments",
            PlayedApi.List("""
                { "metadata": { "name": "shop-store", "namespace": "shop", "generation": 1 }, "spec": { "replicas": 2, "selector": {}, "template": {} },
                  "status": { "observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 1 } }
                """),
            PlayedApi.List("""
                { "metadata": { "name": "shop-store", "namespace": "shop", "generation": 1 }, "spec": { "replicas": 2, "selector": {}, "template": {} },
                  "status": { "observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2 } }
                """));
        var config = Kubeconfig(api.Address);

        var (nothing, waiting, complete) = (
            await RunAsync("status", "--cluster", config), await RunAsync("status", "--cluster", config), await RunAsync("status", "--cluster", config));

        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("nothing is up in context shop", nothing.Output, StringComparison.Ordinal);
        Assert.Equal(1, waiting.ExitCode);
        Assert.Matches(@"waiting +Deployment shop/shop-store +1 of 2 pods are available\n0 of 1 complete; context shop", waiting.Output);
        Assert.Equal(0, complete.ExitCode);
        Assert.Contains("1 of 1 complete", complete.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_of_a_cluster_with_nothing_in_it_says_so()
    {
        await using var api = await PlayedApi.StartAsync(Stop);
        api.Plays("/version", """{ "major": "1", "minor": "33", "gitVersion": "v1.33.1" }""");
        api.PlaysNothing("/api/v1/nodes", "/api/v1/namespaces");

        var run = await RunAsync("down", "--cluster", Kubeconfig(api.Address));

        Assert.Equal((0, "nothing was up in context shop"), (run.ExitCode, run.Output.Trim()));
    }
}
