using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

/// <summary>
/// The Pod Security Standards' profile <c>restricted</c>, field by field, as of Kubernetes 1.35:
/// https://github.com/kubernetes/pod-security-admission/tree/master/policy. Stricter in one thing: a pod with a user namespace of its own must not run as root
/// either, since an older node ignores <c>hostUsers</c>.
/// </summary>
internal sealed class PodSecurity() : PodPolicy(
    "K8-1",
    "A container with more than it needs is a way out of it, onto the node and to every other pod there.",
    [
        "CKV_K8S_16", "CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19", "CKV_K8S_20", "CKV_K8S_23", "CKV_K8S_25", "CKV_K8S_26", "CKV_K8S_31", "CKV_K8S_37",
        "KSV-0001", "KSV-0017", "KSV-0106",
    ])
{
    private static readonly string[] Seccomp = ["RuntimeDefault", "Localhost"];

    private static readonly string[] SeLinux = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    private static readonly string[] Sysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
    ];

    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) => Verdict.WorstOf(
    [
        .. HostNamespaces(pods.Spec),
        .. (pods.Spec.Volumes ?? []).Select(Volume),
        .. (pods.Spec.SecurityContext?.Sysctls ?? []).Select(Sysctl),
        .. AppArmorAnnotations(pods.Metadata),
        .. Shared("the pod", pods.Spec.SecurityContext),
        .. Containers(pods.Spec).SelectMany(container => OfContainer(container, pods.Spec.SecurityContext)),
    ]);

    private static IEnumerable<Verdict> HostNamespaces(V1PodSpec pod) =>
    [
        Not(pod.HostNetwork, "it shares the node's network"),
        Not(pod.HostPID, "it sees the node's processes"),
        Not(pod.HostIPC, "it shares the node's memory between processes"),
        Not(pod.SecurityContext?.WindowsOptions?.HostProcess, "it is a process of the node"),
    ];

    // One without a source is an emptyDir.
    private static Verdict Volume(V1Volume volume)
    {
        var restricted = volume is { ConfigMap: not null } or { Csi: not null } or { DownwardAPI: not null } or { EmptyDir: not null }
            or { Ephemeral: not null } or { Image: not null } or { PersistentVolumeClaim: not null } or { Projected: not null } or { Secret: not null };
        var named = typeof(V1Volume).GetProperties().Where(property => property.Name is not "Name" && property.GetValue(volume) is not null);

        return restricted || !named.Any() ? Verdict.Pass : Verdict.Fail($"volume {volume.Name} is of the kind {named.First().Name}");
    }

    private static Verdict Sysctl(V1Sysctl sysctl) =>
        Sysctls.Contains(sysctl.Name) ? Verdict.Pass : Wrong(sysctl.Name, $"it sets {sysctl.Name}, which is not its own alone");

    private static IEnumerable<Verdict> AppArmorAnnotations(V1ObjectMeta? metadata) =>
        from annotation in metadata?.Annotations ?? new Dictionary<string, string>()
        where annotation.Key.StartsWith("container.apparmor.security.beta.kubernetes.io/", StringComparison.Ordinal)
        where annotation.Value is not ("" or "runtime/default") && !annotation.Value.StartsWith("localhost/", StringComparison.Ordinal)
        select Wrong(annotation.Value, $"AppArmor's profile of {annotation.Key.Split('/')[^1]} is {annotation.Value}");

    // What a pod and a container say alike.
    private static IEnumerable<Verdict> Shared(string whose, V1PodSecurityContext? context) =>
        Shared(whose, context?.RunAsUser, context?.SeccompProfile?.Type, context?.AppArmorProfile?.Type, context?.SeLinuxOptions);

    private static IEnumerable<Verdict> Shared(string whose, long? user, string? seccomp, string? appArmor, V1SELinuxOptions? seLinux) =>
    [
        user is 0 ? Verdict.Fail($"{whose} runs as root") : Verdict.Pass,
        seccomp is null || Seccomp.Contains(seccomp) ? Verdict.Pass : Wrong(seccomp, $"the seccomp profile of {whose} is {seccomp}"),
        appArmor is null || Seccomp.Contains(appArmor) ? Verdict.Pass : Wrong(appArmor, $"AppArmor's profile of {whose} is {appArmor}"),
        SeLinux.Contains(seLinux?.Type ?? "") ? Verdict.Pass : Wrong(seLinux!.Type, $"SELinux's type of {whose} is {seLinux.Type}"),
        string.IsNullOrEmpty(seLinux?.User) ? Verdict.Pass : Wrong(seLinux.User, $"SELinux's user of {whose} is {seLinux.User}"),
        string.IsNullOrEmpty(seLinux?.Role) ? Verdict.Pass : Wrong(seLinux.Role, $"SELinux's role of {whose} is {seLinux.Role}"),
    ];

    private static IEnumerable<Verdict> OfContainer(V1Container container, V1PodSecurityContext? pod)
    {
        var own = container.SecurityContext;
        var name = $"container {container.Name}";

        return
        [
            Not(own?.Privileged, $"{name} is privileged"),
            Not(own?.WindowsOptions?.HostProcess, $"{name} is a process of the node"),
            own?.AllowPrivilegeEscalation is false ? Verdict.Pass : Verdict.Fail($"{name} may gain privileges: set allowPrivilegeEscalation to false"),
            (own?.RunAsNonRoot ?? pod?.RunAsNonRoot) is true ? Verdict.Pass : Verdict.Fail($"{name} may run as root: set runAsNonRoot"),
            (own?.SeccompProfile ?? pod?.SeccompProfile) is not null ? Verdict.Pass : Verdict.Fail($"{name} has no seccomp profile: set RuntimeDefault"),
            own?.ProcMount is null or "Default" ? Verdict.Pass : Wrong(own.ProcMount, $"{name} sees /proc as {own.ProcMount}"),
            .. Shared(name, own?.RunAsUser, own?.SeccompProfile?.Type, own?.AppArmorProfile?.Type, own?.SeLinuxOptions),
            .. Capabilities(name, own?.Capabilities),
            .. (container.Ports ?? []).Select(port =>
                port.HostPort is null or 0 ? Verdict.Pass : Verdict.Fail($"{name} takes the node's port {port.HostPort}")),
            .. Hosts(container).OfType<string>().Where(host => host is not "").Select(host => Wrong(host, $"a probe or hook of {name} asks the host {host}")),
        ];
    }

    private static IEnumerable<Verdict> Capabilities(string name, V1Capabilities? capabilities) =>
    [
        capabilities?.Drop?.Contains("ALL") is true ? Verdict.Pass
            : Wrong(capabilities?.Drop?.FirstOrDefault(ManifestObject.IsPlaceholder), $"{name} keeps capabilities: drop ALL"),
        .. (capabilities?.Add ?? []).Where(added => added is not "NET_BIND_SERVICE").Select(added => Wrong(added, $"{name} has the capability {added}")),
    ];

    private static IEnumerable<string?> Hosts(V1Container container) =>
    [
        .. new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }
            .SelectMany(probe => new[] { probe?.HttpGet?.Host, probe?.TcpSocket?.Host }),
        .. new[] { container.Lifecycle?.PostStart, container.Lifecycle?.PreStop }
            .SelectMany(hook => new[] { hook?.HttpGet?.Host, hook?.TcpSocket?.Host }),
    ];

    private static Verdict Not(bool? on, string otherwise) => on is true ? Verdict.Fail(otherwise) : Verdict.Pass;
}
