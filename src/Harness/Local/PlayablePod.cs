using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>One pod as <c>podman kube play</c> gets it, with what the runtime itself must know of it.</summary>
/// <param name="Name">Name of the pod on this machine.</param>
/// <param name="Owner">Name of the object that makes it, for example its Deployment.</param>
/// <param name="Documents">The ConfigMaps it mounts, then the pod.</param>
/// <param name="Aliases">Names under which the network's DNS answers with its address: those of the Services that select it.</param>
/// <param name="Volumes">Volumes that outlive the pod: its PersistentVolumeClaims.</param>
/// <param name="Ready">What its readiness probe asks, <c>8080/healthz/ready</c> for HTTP or <c>8000</c> for a TCP connection; empty: nothing.</param>
/// <param name="Ports">TCP ports its containers declare.</param>
/// <param name="GraceSeconds">Seconds between SIGTERM and SIGKILL.</param>
public sealed record PlayablePod(
    string Name,
    string Owner,
    IReadOnlyList<JsonObject> Documents,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Volumes,
    string Ready,
    IReadOnlyList<int> Ports,
    int GraceSeconds)
{
    public const string HashLabel = "causeway-hash";
    public const string OwnerLabel = "causeway-owner";
    public const string ReadyLabel = "causeway-ready";
    public const string GraceLabel = "causeway-grace-seconds";
    public const string PortsLabel = "causeway-ports";
    public const string CompletesLabel = "causeway-completes";

    /// <summary>Whether it runs to its end, as a Job's pod does, instead of for ever.</summary>
    public bool Completes => (string?)Documents[^1]["spec"]!["restartPolicy"] is "Never" or "OnFailure";

    /// <summary>Changes when anything of the pod changes.</summary>
    public string Hash { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join(
                '\n',
                [.. Documents.Select(document => document.ToJsonString()), .. Aliases, .. Volumes, Ready, string.Join('.', Ports), $"{GraceSeconds}"]))))[..16];

    /// <summary>The same pod with a change, by which its hash differs too.</summary>
    /// <param name="change">Gets a copy of the pod's object.</param>
    public PlayablePod Changed(Action<JsonObject> change)
    {
        JsonObject[] documents = [.. Documents.Select(document => document.DeepClone().AsObject())];
        change(documents[^1]);

        return new PlayablePod(Name, Owner, documents, Aliases, Volumes, Ready, Ports, GraceSeconds);
    }

    /// <summary>The text for <c>podman kube play</c>, labels included.</summary>
    public string ToYaml(Instance instance)
    {
        var documents = Documents.Select(document => document.DeepClone().AsObject()).ToArray();
        var labels = documents[^1]["metadata"]!["labels"]!.AsObject();
        labels[Instance.Label] = instance.Name;
        labels[HashLabel] = Hash;
        labels[OwnerLabel] = Owner;
        labels[CompletesLabel] = Completes ? "true" : "false";
        labels[ReadyLabel] = Ready;
        labels[PortsLabel] = string.Join('.', Ports);
        labels[GraceLabel] = GraceSeconds.ToString();

        return string.Join("\n---\n", documents.Select(document => document.ToJsonString()));
    }
}
