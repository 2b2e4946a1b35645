using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Which platform, and on which ports of the loopback address it answers. A port that is null is remembered from when it was brought up, else a free one.</summary>
public sealed record PlatformOptions(Instance Instance, int? EdgePort = null, int? PrometheusPort = null, int? AlertmanagerPort = null)
{
    /// <summary>The platform called <paramref name="name"/>: <c>dev</c> answers on the ports the README shows, every other on free ones.</summary>
    public static PlatformOptions Named(string name) => new(new Instance(name));

    /// <summary>A platform for the tests of one clone: its name is made of the clone's path, so that clones do not disturb each other.</summary>
    /// <param name="purpose">One letter.</param>
    public static PlatformOptions ForTests(Repository repository, char purpose) =>
        Named($"{purpose}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository.Root)))[..8]}");

    /// <summary>The same with every port decided: as given, else as <paramref name="file"/> remembers, else the default.</summary>
    internal PlatformOptions WithPorts(string file)
    {
        var remembered = File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject ports ? ports : [];
        var standard = Instance.Name is "dev" ? [8080, 9090, 9093] : FreePorts(3);

        return this with
        {
            EdgePort = EdgePort ?? (int?)remembered["edge"] ?? standard[0],
            PrometheusPort = PrometheusPort ?? (int?)remembered["prometheus"] ?? standard[1],
            AlertmanagerPort = AlertmanagerPort ?? (int?)remembered["alertmanager"] ?? standard[2],
        };
    }

    internal JsonObject HostPorts() => new() { ["edge"] = EdgePort, ["prometheus"] = PrometheusPort, ["alertmanager"] = AlertmanagerPort };

    // All are held until all are chosen, so that they differ.
    private static int[] FreePorts(int count)
    {
        var held = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();

        foreach (var listener in held)
        {
            listener.Start();
        }

        int[] ports = [.. held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];

        foreach (var listener in held)
        {
            listener.Dispose();
        }

        return ports;
    }
}
