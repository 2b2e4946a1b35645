using Causeway.Harness;
using Causeway.Harness.Clusters;

namespace Causeway.Offline.Clusters;

/// <summary>A context of a kubeconfig is found, or the refusal says what there is.</summary>
public sealed class KubeconfigContextTests(Workbench workbench)
{
    private const string Config = """
        apiVersion: v1
        kind: Config
        current-context: kind-test
        contexts:
          - { name: kind-test, context: { cluster: kind-test, user: someone } }
          - { name: shop, context: { cluster: shop, user: someone } }
          - { name: eu-prod-1, context: { cluster: eu-1, user: someone } }
          - { name: Production, context: { cluster: eu-1, user: someone } }
          - { name: prd_eu, context: { cluster: eu-1, user: someone } }
          - { name: eu.live, context: { cluster: eu-1, user: someone } }
          - { name: blue, context: { cluster: production-blue, user: someone } }
          - { name: reproduction, context: { cluster: delivery, user: someone } }
        clusters:
          - { name: kind-test, cluster: { server: "https://127.0.0.1:6443" } }
          - { name: eu-1, cluster: { server: "https://127.0.0.1:6443" } }
          - { name: production-blue, cluster: { server: "https://127.0.0.1:6443" } }
          - { name: delivery, cluster: { server: "https://127.0.0.1:6443" } }
          - name: shop
            cluster:
              server: https://192.168.49.2:8443
              extensions:
                - { name: cluster_info, extension: { provider: minikube.sigs.k8s.io, version: v1.35.0 } }
        users: [{ name: someone, user: { token: abc } }]
        """;

    private string Write(string text)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.config");
        File.WriteAllText(file, text);

        return file;
    }

    private KubeconfigContext Find(string? context) => KubeconfigContext.Find(Write(Config), context);

    [Fact]
    public void Without_a_name_the_current_context_is_taken()
    {
        var found = Find(null);

        Assert.Equal(("kind-test", ClusterTool.Kind, "test"), (found.Name, found.Tool, found.ToolName));
        using var client = found.Connect();
        Assert.Equal(new Uri("https://127.0.0.1:6443/"), client.BaseUri);
    }

    [Fact]
    public void A_cluster_of_minikube_is_known_by_its_note_whatever_it_is_called()
    {
        var found = Find("shop");

        Assert.Equal(("shop", ClusterTool.Minikube, "shop"), (found.Name, found.Tool, found.ToolName));
        Assert.Equal(ClusterTool.None, Find("eu-prod-1").Tool);
    }

    [Theory]
    [InlineData("eu-prod-1", true)]
    [InlineData("Production", true)]
    [InlineData("prd_eu", true)]
    [InlineData("eu.live", true)]
    [InlineData("blue", true)]
    [InlineData("reproduction", false)]
    [InlineData("kind-test", false)]
    public void A_name_that_sounds_like_production_is_heard(string context, bool sounds)
    {
        Assert.Equal(sounds, Find(context).SoundsLikeProduction);

        if (sounds)
        {
            Assert.Contains(
                "--yes", Assert.Throws<UsageException>(() => ClusterCheck.ExpectNotProduction(Find(context), confirmed: false)).Remedy,
                StringComparison.Ordinal);
        }

        ClusterCheck.ExpectNotProduction(Find(context), confirmed: sounds);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_named() =>
        Assert.Contains(
            "There is no kubeconfig /nowhere/config", Assert.Throws<UsageException>(() => KubeconfigContext.Find("/nowhere/config", null)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_context_that_does_not_exist_is_answered_with_those_that_do()
    {
        var refusal = Assert.Throws<UsageException>(() => Find("elsewhere"));

        Assert.Contains("has no context elsewhere", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("kind-test, shop, eu-prod-1, Production, prd_eu, eu.live, blue, reproduction", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Config\ncontexts: [{ name: a, context: { cluster: b } }]\n", "has no current context")]
    [InlineData("contexts: {", "is not a kubeconfig")]
    public void A_file_that_chooses_nothing_or_is_something_else_is_refused(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<UsageException>(() => KubeconfigContext.Find(Write(text), null)).Message, StringComparison.Ordinal);
}
