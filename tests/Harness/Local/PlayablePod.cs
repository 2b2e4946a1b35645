using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>One pod as <c>podman kube play</c> gets it, with what the runtime itself must know of it.</summary>
/// <param name="Name">Name of the pod on this machine.</param>
/// <param name="Deployment">Name of the Deployment it is a replica of.</param>
/// <param name="Documents">The ConfigMaps it mounts or reads, then the pod.</param>
/// <param name="Aliases">Names under which the network's DNS answers with its address: those of the Services that select it.</param>
/// <param name="Volumes">Volumes that outlive the pod: its PersistentVolumeClaims.</param>
/// <param name="Ready">What its readiness probe asks, <c>8080/healthz/ready</c> for HTTP or <c>8000</c> for a TCP connection; empty: nothing.</param>
/// <param name="GraceSeconds">Seconds between SIGTERM and SIGKILL.</param>
public sealed record PlayablePod(
    string Name, string Deployment, IReadOnlyList<JsonObject> Documents, IReadOnlyList<string> Aliases, IReadOnlyList<string> Volumes, string Ready, int GraceSeconds)
{
    public const string HashLabel = "causeway-hash";
    public const string DeploymentLabel = "causeway-deployment";
    public const string ReadyLabel = "causeway-ready";
    public const string GraceLabel = "causeway-grace-seconds";

    /// <summary>Changes when anything of the pod changes.</summary>
    public string Hash { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Documents.Select(document => document.ToJsonString()), .. Aliases, .. Volumes, Ready, $"{GraceSeconds}"]))))[..16];

    /// <summary>The text for <c>podman kube play</c>, labels included.</summary>
    public string ToYaml(Instance instance)
    {
        var documents = Documents.Select(document => document.DeepClone().AsObject()).ToArray();
        var labels = documents[^1]["metadata"]!["labels"]!.AsObject();
        labels[Instance.Label] = instance.Name;
        labels[HashLabel] = Hash;
        labels[DeploymentLabel] = Deployment;
        labels[ReadyLabel] = Ready;
        labels[GraceLabel] = GraceSeconds.ToString();

        return string.Join("\n---\n", documents.Select(document => document.ToJsonString()));
    }
}
