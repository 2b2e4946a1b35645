using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Which platform, and on which ports of the loopback address it answers.</summary>
/// <param name="Instance">Its name; several instances live side by side.</param>
/// <param name="EdgePort">Port of the edge; 0 takes a free one and keeps it while the instance is up.</param>
/// <param name="PrometheusPort">Port of Prometheus; 0 as above.</param>
/// <param name="AlertmanagerPort">Port of Alertmanager; 0 as above.</param>
public sealed record PlatformOptions(Instance Instance, int EdgePort, int PrometheusPort, int AlertmanagerPort)
{
    /// <summary>A developer's platform, on the ports the README shows.</summary>
    public static PlatformOptions Developer { get; } = new(new Instance("dev"), 8080, 9090, 9093);

    /// <summary>A further platform, on ports of its own.</summary>
    public static PlatformOptions Named(string name) => new(new Instance(name), 0, 0, 0);

    /// <summary>The same with every 0 replaced: by what <paramref name="file"/> remembers, else by a free port.</summary>
    internal PlatformOptions WithPorts(string file)
    {
        var remembered = File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject ports ? ports : [];

        int Port(string name, int wanted) => wanted != 0 ? wanted : (int?)remembered[name] ?? FreePort();

        var chosen = this with { EdgePort = Port("edge", EdgePort), PrometheusPort = Port("prometheus", PrometheusPort), AlertmanagerPort = Port("alertmanager", AlertmanagerPort) };
        File.WriteAllText(file, chosen.HostPorts().ToJsonString());

        return chosen;
    }

    internal JsonObject HostPorts() => new() { ["edge"] = EdgePort, ["prometheus"] = PrometheusPort, ["alertmanager"] = AlertmanagerPort };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
