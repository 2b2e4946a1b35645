using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed class Namespaces() : ObjectPolicy(
    "K8-9",
    "In the namespace default everything that forgot its own meets; with the container engine's socket, a pod is root on its node.",
    ["CKV_K8S_21", "CKV_K8S_27"])
{
    private static readonly string[] Sockets =
    [
        "/run/containerd/containerd.sock", "/run/cri-dockerd.sock", "/run/crio/crio.sock", "/run/docker.sock", "/run/podman/podman.sock",
    ];

    // What names no namespace and makes no pods may be of a kind that lies in none.
    public override bool Judges(ManifestObject item) => item.MakesPods || item.OwnNamespace is not null;

    public override Verdict Judge(ManifestObject item, Rendering rendering) => Verdict.WorstOf(
        item.Namespace switch
        {
            null => Verdict.Unclear("it names no namespace, so it lands where the one who applies it happens to be"),
            "" or "default" => Verdict.Fail("it is put into the namespace default"),
            var placeholder when ManifestObject.IsPlaceholder(placeholder) => Verdict.Unclear($"its namespace, {placeholder}, is still to be filled in"),
            _ => Verdict.Pass,
        },
        item is { MakesPods: true, Pods: null } ? Verdict.Unclear(item.Unread) : Verdict.WorstOf((item.Pods?.Spec?.Volumes ?? []).Select(Volume)));

    private static Verdict Volume(V1Volume volume) =>
        volume.HostPath?.Path is not { } path ? Verdict.Pass
        : ManifestObject.IsPlaceholder(path) ? Verdict.Unclear($"volume {volume.Name} is the node's {path}, which is still to be filled in")
        : Sockets.FirstOrDefault(socket => Holds(path, socket)) is { } found ? Verdict.Fail($"volume {volume.Name} is the node's {path}, with {found} in it")
        : Verdict.Pass;

    // On today's nodes /var/run is a link to /run.
    private static bool Holds(string path, string socket)
    {
        var folder = path.TrimEnd('/');
        var real = folder.StartsWith("/var/run", StringComparison.Ordinal) ? folder["/var".Length..] : folder;

        return $"{socket}/".StartsWith($"{real}/", StringComparison.Ordinal);
    }
}
