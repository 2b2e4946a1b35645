using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Argo;

namespace Causeway.Offline.Argo;

/// <summary>What is said in place of address and branch where a commit is tried, and what stays.</summary>
public sealed class RevisionUnderTestTests
{
    private static readonly RevisionUnderTest Trial = new("https://example.com/own", "https://ci.example.com/own", new string('c', 40));

    private static JsonObject In(string yaml) => Trial.In(Yaml.Load(yaml)[0].AsObject());

    [Fact]
    public void The_cluster_s_secret_says_both()
    {
        var secret = In("""
            kind: Secret
            metadata:
              labels: { argocd.argoproj.io/secret-type: cluster }
              annotations: { causeway/repository: "https://example.com/own", causeway/revision: main, causeway/zone: Z1 }
            """);

        Assert.Equal(
            ["https://ci.example.com/own", Trial.Commit, "Z1"], secret["metadata"]!["annotations"]!.AsObject().Select(fact => (string?)fact.Value));
    }

    [Theory]
    [InlineData("causeway/repository")]
    [InlineData("causeway/revision")]
    public void A_fact_that_the_secret_lacks_is_named(string fact)
    {
        var other = fact is "causeway/revision" ? "causeway/repository" : "causeway/revision";

        var error = Assert.Throws<InvalidDataException>(() => In($$"""
            { kind: Secret, metadata: { name: a, labels: { argocd.argoproj.io/secret-type: cluster }, annotations: { {{other}}: b } } }
            """));

        Assert.Contains($"The cluster's secret a lacks the fact {fact}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_of_the_own_repository_are_the_commit_and_nothing_else_changes()
    {
        var set = In("""
            spec:
              sourceRepos: ["https://example.com/own", "https://charts.example.com"]
              a: { repoURL: "https://example.com/own", targetRevision: main, path: p }
              b: [{ git: { repoURL: '{{ index .metadata.annotations "causeway/repository" }}', revision: main } }]
              c: { repoURL: '{{ index .metadata.annotations "causeway/repository" }}', targetRevision: "{{ .release.pins.revision }}" }
              d: { repoURL: "https://charts.example.com", targetRevision: 1.2.3, chart: x }
              revision: main
            """)["spec"]!;

        var expected = Yaml.Load($$$"""
            sourceRepos: ["https://ci.example.com/own", "https://charts.example.com"]
            a: { repoURL: "https://ci.example.com/own", targetRevision: {{{Trial.Commit}}}, path: p }
            b: [{ git: { repoURL: '{{ index .metadata.annotations "causeway/repository" }}', revision: {{{Trial.Commit}}} } }]
            c: { repoURL: '{{ index .metadata.annotations "causeway/repository" }}', targetRevision: "{{ .release.pins.revision }}" }
            d: { repoURL: "https://charts.example.com", targetRevision: 1.2.3, chart: x }
            revision: main
            """)[0];
        Assert.Equal(expected.ToJsonString(), set.ToJsonString());
    }
}
