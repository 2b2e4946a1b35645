using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed class Probes() : PodPolicy(
    "K8-5",
    "Readiness takes a pod out of the traffic while something that it needs is down; where liveness asks the same, all of them are restarted as well.",
    ["CKV_K8S_8", "CKV_K8S_9"])
{
    protected override bool Concerns(ManifestObject item) => IsServing(item);

    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) =>
        Verdict.WorstOf(pods.Spec.Containers.Select(Judge));

    private static Verdict Judge(V1Container container) => (Asked(container.ReadinessProbe, container), Asked(container.LivenessProbe, container)) switch
    {
        (null, _) => Verdict.Fail($"container {container.Name} has no readiness probe"),
        (_, null) => Verdict.Fail($"container {container.Name} has no liveness probe"),
        var (ready, alive) when ready == alive => Wrong(ready, $"readiness and liveness of container {container.Name} ask the same: {ready}"),
        var (ready, alive) when ManifestObject.IsPlaceholder(ready + alive) =>
            Verdict.Unclear($"what the probes of container {container.Name} ask is still to be filled in"),
        _ => Verdict.Pass,
    };

    /// <summary>What a probe asks, the same text for the same question; null where it asks nothing.</summary>
    private static string? Asked(V1Probe? probe, V1Container container) => probe switch
    {
        { HttpGet: { } http } => $"GET {http.Host}:{PortOf(http.Port, container)}{http.Path ?? "/"}",
        { TcpSocket: { } tcp } => $"connect to {tcp.Host}:{PortOf(tcp.Port, container)}",
        { Grpc: { } grpc } => $"gRPC {grpc.Port} {grpc.Service}",
        { Exec: { } exec } => $"run {string.Join(' ', exec.Command ?? [])}",
        _ => null,
    };

    private static string PortOf(IntOrString port, V1Container container) =>
        (container.Ports ?? []).FirstOrDefault(named => named.Name == port.Value)?.ContainerPort.ToString() ?? port.Value;
}
