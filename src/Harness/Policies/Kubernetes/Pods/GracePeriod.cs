using System.Globalization;
using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Pods;

internal sealed class GracePeriod() : PodPolicy(
    "K8-11",
    "A container that is killed before it has drained loses the requests that it was serving; the grace period begins before preStop, not after it.",
    [])
{
    // What Kubernetes takes where a pod says nothing.
    private const long Default = 30;

    protected override bool Concerns(ManifestObject item) => IsServing(item);

    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) => Verdict.WorstOf(
        pods.Spec.Containers.Select(container => Judge(container, pods.Spec.TerminationGracePeriodSeconds ?? Default, item.Namespace, rendering)));

    private static Verdict Judge(V1Container container, long grace, string? @namespace, Rendering rendering)
    {
        if (PreStop(container.Lifecycle?.PreStop) is not { } preStop)
        {
            return Verdict.Unclear($"how long preStop of container {container.Name} takes is not known: use sleep");
        }

        if (!long.TryParse(Budget(container, @namespace, rendering), NumberStyles.None, CultureInfo.InvariantCulture, out var shutdown))
        {
            return Verdict.Unclear($"how long container {container.Name} takes to stop is not known: nothing gives it {ShutdownBudget.Variable} in seconds");
        }

        var wanted = preStop + shutdown + ShutdownBudget.Margin;

        return grace >= wanted
            ? Verdict.Pass
            : Verdict.Fail($"it is killed after {grace} s; container {container.Name} needs {wanted} s: " +
                $"{preStop} for preStop, {shutdown} to stop and {ShutdownBudget.Margin} to end");
    }

    private static long? PreStop(V1LifecycleHandler? hook) => hook switch
    {
        null => 0,
        { Sleep: { } sleep } => sleep.Seconds,
        _ => null,
    };

    // Its own variable counts before one that it gets with all others of a ConfigMap, and of several ConfigMaps the last.
    private static string? Budget(V1Container container, string? @namespace, Rendering rendering) =>
        (container.Env ?? []).LastOrDefault(variable => variable.Name is ShutdownBudget.Variable) is { } own
            ? own.Value
            : (container.EnvFrom ?? []).Select(source => Setting(source, @namespace, rendering)).LastOrDefault(value => value is not null);

    private static string? Setting(V1EnvFromSource source, string? @namespace, Rendering rendering) =>
        rendering.Objects.FirstOrDefault(item =>
            item.Model is V1ConfigMap && item.Name == source.ConfigMapRef?.Name && item.Namespace == @namespace)?.Model is V1ConfigMap { Data: { } data }
            ? data.FirstOrDefault(pair => source.Prefix + pair.Key is ShutdownBudget.Variable).Value
            : null;
}
