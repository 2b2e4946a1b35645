using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Offline.Local;

/// <summary>Host ports are what charts declare, and no two instances share one.</summary>
public sealed class HostPortsTests
{
    private const string Charts = """
        kind: Deployment
        metadata: { name: front }
        spec: { template: { spec: { containers: [{ ports: [{ name: http, containerPort: 80, hostPort: 8080 }, { name: admin, containerPort: 81, hostPort: 8090 }, { containerPort: 82 }] }] } } }
        ---
        kind: Deployment
        metadata: { name: metrics }
        spec: { template: { spec: { containers: [{ ports: [{ containerPort: 90, hostPort: 9090 }] }] } } }
        """;

    private static readonly Dictionary<string, int> None = [];

    private static IReadOnlyDictionary<string, int> Declared(string charts) => HostPorts.DeclaredIn(new([.. Yaml.Load(charts).Cast<JsonObject>()]));

    [Fact]
    public void Every_declared_port_has_a_name() =>
        Assert.Equal(new Dictionary<string, int> { ["front"] = 8080, ["front-admin"] = 8090, ["metrics"] = 9090 }, Declared(Charts));

    [Fact]
    public void The_default_instance_takes_the_ports_as_declared() =>
        Assert.Equal(Declared(Charts), HostPorts.Choose(Declared(Charts), new Instance("dev"), None, None));

    [Fact]
    public void Another_instance_takes_free_ports_that_differ()
    {
        var chosen = HostPorts.Choose(Declared(Charts), new Instance("mine"), None, None);

        Assert.Equal(["front", "front-admin", "metrics"], chosen.Keys.Order());
        Assert.Equal(3, chosen.Values.Distinct().Count());
        Assert.Empty(chosen.Values.Intersect(Declared(Charts).Values));
    }

    [Fact]
    public void A_given_port_comes_before_a_remembered_one()
    {
        var chosen = HostPorts.Choose(
            Declared(Charts),
            new Instance("mine"),
            new Dictionary<string, int> { ["front"] = 1, ["metrics"] = 2 },
            new Dictionary<string, int> { ["front"] = 3 });

        Assert.Equal((3, 2), (chosen["front"], chosen["metrics"]));
    }

    [Fact]
    public void Two_charts_that_want_one_port_are_named()
    {
        var refusal = Assert.Throws<PlatformException>(() => Declared(Charts.Replace("hostPort: 9090", "hostPort: 8080", StringComparison.Ordinal)));

        Assert.Contains("front and metrics both want hostPort 8080", refusal.Message, StringComparison.Ordinal);
    }
}
