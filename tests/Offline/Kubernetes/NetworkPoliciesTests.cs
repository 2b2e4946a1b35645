using System.Net;
using Causeway.Harness;
using Causeway.Harness.Kubernetes;

namespace Causeway.Offline.Kubernetes;

/// <summary>The evaluator of network policies means what the Kubernetes API means, also by what the charts do not use today.</summary>
public sealed class NetworkPoliciesTests
{
    private static readonly Party Web = new("web") { Namespace = "shop", Labels = Labels("web"), Ports = new Dictionary<string, int> { ["http"] = 8080 } };
    private static readonly Party Api = new("api") { Namespace = "shop", Labels = Labels("api") };
    private static readonly Party Far = new("far") { Namespace = "far", Labels = Labels("api") };
    private static readonly Party Outside = new("outside") { Address = IPAddress.Parse("10.1.2.3") };

    [Theory]
    [InlineData("{ podSelector: {} }", "none")] // selected, and no rule
    [InlineData("{ podSelector: { matchLabels: { app: api } } }", "api, far, outside")] // does not select web, which stays open
    [InlineData("{ podSelector: {}, ingress: [{}] }", "api, far, outside")]
    [InlineData("{ podSelector: {}, policyTypes: [Egress] }", "api, far, outside")] // says nothing about what comes in
    [InlineData("{ podSelector: {}, egress: [{}] }", "none")] // Ingress is implied
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }", "api")] // this namespace only
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }", "api, far")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }] }] }", "none")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: far } } }] }] }", "far")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }, { ipBlock: { cidr: 10.0.0.0/8 } }] }] }", "outside")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }] }", "none")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, db] }] } }] }] }", "api")]
    [InlineData(
        "{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [api, db] }] } }] }] }", "none")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: Exists }] } }] }] }", "api")]
    [InlineData("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: DoesNotExist }] } }] }] }", "none")]
    [InlineData("{ podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] }", "api, far, outside")]
    [InlineData("{ podSelector: {}, ingress: [{ ports: [{ port: http }] }] }", "api, far, outside")]
    [InlineData("{ podSelector: {}, ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] }", "api, far, outside")]
    [InlineData("{ podSelector: {}, ingress: [{ ports: [{ protocol: UDP, port: 8080 }, { port: metrics }, { port: 8000, endPort: 8079 }] }] }", "none")]
    [InlineData("{ podSelector: {}, ingress: [{ ports: [{ protocol: TCP }] }] }", "api, far, outside")] // every port of TCP
    public void A_policy_lets_in_whom_the_API_says(string spec, string expected)
    {
        var policies = Policies(spec);

        var letIn = new[] { Api, Far, Outside }.Where(party => policies.LetsIn(party, Web, "TCP", 8080)).Select(party => party.Name);

        Assert.Equal(expected, string.Join(", ", letIn.DefaultIfEmpty("none")));
    }

    [Fact]
    public void Several_policies_add_up()
    {
        var policies = Policies("{ podSelector: {} }", "{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }");

        Assert.True(policies.Allows(Api, Web, "TCP", 8080));
        Assert.False(policies.Allows(Far, Web, "TCP", 8080));
    }

    [Fact]
    public void A_connection_needs_the_sender_and_the_receiver()
    {
        var policies = Policies(
            "{ podSelector: { matchLabels: { app: api } }, policyTypes: [Egress] }",
            "{ podSelector: { matchLabels: { app: web } }, ingress: [{}] }");

        Assert.True(policies.LetsIn(Api, Web, "TCP", 8080));
        Assert.False(policies.LetsOut(Api, Web, "TCP", 8080));
        Assert.False(policies.Allows(Api, Web, "TCP", 8080));
    }

    private static Dictionary<string, string> Labels(string app) => new() { ["app"] = app };

    private static NetworkPolicies Policies(params string[] specs) =>
        new(specs.Select(spec => Yaml.Load($"{{ kind: NetworkPolicy, metadata: {{ name: it, namespace: shop }}, spec: {spec} }}").Single().AsObject()));
}
