namespace Causeway.Harness.Local;

/// <summary>Where a running platform answers on this machine.</summary>
/// <param name="Ports">Loopback ports by name, see <see cref="HostPorts"/>.</param>
public sealed record PlatformAddresses(IReadOnlyDictionary<string, int> Ports)
{
    /// <summary>The one way in for every workload.</summary>
    public Uri Edge => Of(Renderer.EdgeChart);

    /// <summary>Where metrics can be queried.</summary>
    public Uri Prometheus => Of("prometheus");

    /// <summary>Where alerts arrive.</summary>
    public Uri Alertmanager => Of("alertmanager");

    /// <summary>The address of one stand-in.</summary>
    /// <exception cref="PlatformException">Nothing of that name answers on this machine.</exception>
    public Uri Of(string name) =>
        Ports.TryGetValue(name, out var port)
            ? new Uri($"http://localhost:{port}")
            : throw new PlatformException(
                $"Nothing called {name} answers on this " +
                $"machine{(Ports.Count == 0 ? ": the instance is down" : $"; there are {string.Join(", ", Ports.Keys.Order(StringComparer.Ordinal))}")}.",
                "Run `./causeway up` first; `./causeway status` shows what answers where.");
}
