using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Offline.Local;

/// <summary>What the edge routes is what the Ingresses say.</summary>
public sealed class EdgeTests
{
    private static string Workload(string name, string path, string service = "web") => $$"""
        kind: Ingress
        metadata: { name: {{name}}, namespace: {{name}} }
        spec: { rules: [{ host: {{name}}.localhost, http: { paths: [{ path: {{path}}, backend: { service: { name: {{service}}, port: { name: http } } } }] } }] }
        ---
        kind: Service
        metadata: { name: web, namespace: {{name}} }
        spec: { selector: { app: web }, ports: [{ name: http, port: 8080 }] }
        ---
        kind: Deployment
        metadata: { name: web, namespace: {{name}} }
        spec: { replicas: 3, template: { metadata: { labels: { app: web } }, spec: { containers: [{ ports: [{ name: management, containerPort: 8081 }], readinessProbe: { httpGet: { path: /ready, port: management } } }] } } }
        """;

    private static JsonObject Route(params string[] workloads) =>
        Edge.Values(new([.. workloads.SelectMany(yaml => Yaml.Load(yaml)).Cast<JsonObject>()]), "10.0.0.1");

    [Fact]
    public void A_route_serves_its_host_and_localhost()
    {
        var values = Route(Workload("shop", "/orders"));

        Assert.Equal(["shop.localhost", null], values["routes"]!.AsArray().Select(route => (string?)route!["host"]));
        Assert.Equal(
            """{"host":"web.shop","port":8080,"check":{"port":8081,"path":"/ready"},"slots":3}""",
            values["backends"]!.AsObject().Single().Value!.ToJsonString());
    }

    [Fact]
    public void A_path_of_two_workloads_serves_only_their_hosts() =>
        Assert.Equal(
            ["bank.localhost", "shop.localhost"],
            Route(Workload("shop", "/orders"), Workload("bank", "/orders"))["routes"]!.AsArray().Select(route => (string?)route!["host"]).Order());

    [Fact]
    public void Services_of_the_same_name_in_two_namespaces_are_two_backends()
    {
        var backends = Route(Workload("shop", "/orders"), Workload("bank", "/accounts"))["backends"]!.AsObject();

        Assert.Equal(["web.bank", "web.shop"], backends.Select(backend => (string?)backend.Value!["host"]).Order());
    }

    [Fact]
    public void Longer_paths_come_first() =>
        Assert.Equal("/orders/special", (string?)Route(Workload("shop", "/orders"), Workload("bank", "/orders/special"))["routes"]![0]!["path"]);

    [Fact]
    public void A_route_to_a_Service_that_nothing_renders_is_refused() =>
        Assert.Contains(
            "Service nowhere", Assert.Throws<PlatformException>(() => Route(Workload("shop", "/orders", "nowhere"))).Message, StringComparison.Ordinal);
}
