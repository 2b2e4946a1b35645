using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>What a pod and its parts are called on this machine.</summary>
/// <param name="Owner">Name of the object that makes the pod.</param>
/// <param name="Ports">Host ports by name, see <see cref="HostPorts"/>.</param>
public sealed record PodNames(Instance Instance, string Owner, int Replica, IReadOnlyDictionary<string, int> Ports)
{
    public string PodName => $"{Instance.Prefix}{Owner}-{Replica}";

    public string VolumeName(string volume) => $"{PodName}-{volume}";

    public string ConfigMapName(string map) => $"{PodName}-{map}";

    public string ClaimName(string claim) => $"{Instance.Prefix}{claim}";

    /// <summary>The number of a container's host port in this instance.</summary>
    public int HostPort(JsonNode port) => Ports.TryGetValue(HostPorts.NameOf(Owner, port), out var number) ? number : (int)port["hostPort"]!;
}
