using System.Security.Cryptography;
using System.Text;
using Causeway.Harness.Monitoring;

namespace Causeway.Harness.Local;

/// <summary>Which platform.</summary>
/// <param name="EdgePort">Port of the edge on this machine's loopback address; null: as remembered from when it was brought up, else as <see cref="HostPorts"/>
/// chooses.</param>
/// <param name="Runtime">Which rendering of the workloads it runs; null: as remembered from when it was brought up, else that for Kubernetes.</param>
/// <param name="RuleSpeed">How many times faster than rules say alerts fire: what their durations are divided by, see <see cref="RuleTime"/>.</param>
public sealed record PlatformOptions(Instance Instance, int? EdgePort = null, LocalRuntime? Runtime = null, double RuleSpeed = 1)
{
    /// <summary>The platform called <paramref name="name"/>: <c>dev</c> answers on the ports that the charts declare, every other on free ones.</summary>
    public static PlatformOptions Named(string name) => new(new Instance(name));

    /// <summary>A platform for the tests of one clone: its name is made of the clone's path, so that clones do not disturb each other.</summary>
    /// <param name="purpose">One letter.</param>
    public static PlatformOptions ForTests(Repository repository, char purpose) =>
        Named($"{purpose}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository.Root)))[..8]}");
}
