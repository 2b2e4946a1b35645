using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>
/// The ports of this machine's loopback address that an instance answers on. Charts of stand-ins declare them as a container's <c>hostPort</c>: the
/// instance <c>dev</c> takes the number as it is written, every other instance a free one, which is remembered until <c>down</c>.
/// </summary>
public static class HostPorts
{
    /// <summary>What a port is called: by the object that makes its pod and, unless the port is named <c>http</c>, the port's own name.</summary>
    public static string NameOf(string owner, JsonNode port) => (string?)port["name"] is { } name and not "http" ? $"{owner}-{name}" : owner;

    /// <summary>The host ports that rendered objects declare, by name.</summary>
    /// <exception cref="PlatformException">Two want the same port.</exception>
    public static IReadOnlyDictionary<string, int> DeclaredIn(RenderedObjects objects)
    {
        var declared = objects.All
            .Where(o => o["spec"]?["template"]?["spec"]?["containers"] is not null)
            .SelectMany(o => RenderedObjects.ContainersOf(o["spec"]!["template"]!)
                .SelectMany(container => container["ports"]?.AsArray() ?? [])
                .Where(port => port!["hostPort"] is not null)
                .Select(port => (Name: NameOf(RenderedObjects.NameOf(o), port!), Port: (int)port!["hostPort"]!)))
            .ToArray();

        return declared.GroupBy(port => port.Port).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new PlatformException(
                $"{string.Join(" and ", twice.Select(port => port.Name))} both want hostPort {twice.Key}.", "Give one of the charts another hostPort.")
            : declared.ToDictionary(port => port.Name, port => port.Port);
    }

    /// <summary>
    /// A number for every declared port: as given, else as remembered, else the declared one for <c>dev</c> and a free one for any other instance.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Choose(
        IReadOnlyDictionary<string, int> declared, Instance instance, IReadOnlyDictionary<string, int> remembered, IReadOnlyDictionary<string, int> given)
    {
        var free = new Queue<int>(instance.IsDefault ? [] : FreePorts(declared.Count));

        return declared.ToDictionary(
            port => port.Key,
            port => given.TryGetValue(port.Key, out var number) || remembered.TryGetValue(port.Key, out number) ? number
                : instance.IsDefault ? port.Value
                : free.Dequeue());
    }

    /// <summary>What <paramref name="file"/> remembers; nothing where it does not exist.</summary>
    public static IReadOnlyDictionary<string, int> Read(string file) =>
        File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject ports
            ? ports.ToDictionary(port => port.Key, port => (int)port.Value!)
            : new Dictionary<string, int>();

    /// <summary>Remembers ports in <paramref name="file"/>.</summary>
    public static void Write(string file, IReadOnlyDictionary<string, int> ports) =>
        File.WriteAllText(file, new JsonObject(ports.Select(port => KeyValuePair.Create(port.Key, (JsonNode?)port.Value))).ToJsonString());

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
