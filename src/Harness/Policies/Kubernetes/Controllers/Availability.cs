using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Harness.Policies.Kubernetes.Controllers;

internal sealed class Availability() : PodPolicy(
    "K8-10",
    "With one replica, in one zone, or with a rollout or a drained node that takes one away first, every change is an outage.",
    [])
{
    private const string Zone = "topology.kubernetes.io/zone";

    // One per node, and what comes to an end, has no replicas that could be missed.
    protected override bool Concerns(ManifestObject item) => IsServing(item) && item.Model is not (V1DaemonSet or V1PodTemplate);

    protected override Verdict Judge(ManifestObject item, V1PodTemplateSpec pods, Rendering rendering) =>
        Replicas(item, rendering) is not { } replicas
            ? Verdict.Unclear("what scales it is not of a kind that is known here, so how many replicas there are is not known either")
            : Verdict.WorstOf(
                replicas >= 2 ? Verdict.Pass : Verdict.Fail(Number(replicas)),
                Budget(item, pods, replicas, rendering),
                Spread(pods),
                item.Model is V1Deployment deployment ? Rollout(deployment.Spec.Strategy) : Verdict.Pass);

    private static string Number(int replicas) => replicas is 1 ? "there may be one replica alone" : "there may be no replica at all";

    // An autoscaler's number counts; what else refers to an object to scale it is not known.
    private static int? Replicas(ManifestObject item, Rendering rendering)
    {
        var scalers = rendering.Objects.Where(other => Scales(other.At("spec", "scaleTargetRef"), item) && other.Namespace == item.Namespace);

        return scalers.FirstOrDefault() switch
        {
            null => item.Model switch
            {
                V1Deployment deployment => deployment.Spec.Replicas ?? 1,
                V1StatefulSet stateful => stateful.Spec.Replicas ?? 1,
                V1ReplicaSet set => set.Spec.Replicas ?? 1,
                V1ReplicationController controller => controller.Spec.Replicas ?? 1,
                _ => 1,
            },
            { Model: V2HorizontalPodAutoscaler scaler } => scaler.Spec.MinReplicas ?? 1,
            { Model: V1HorizontalPodAutoscaler scaler } => scaler.Spec.MinReplicas ?? 1,
            _ => null,
        };
    }

    private static bool Scales(JsonNode? reference, ManifestObject item) =>
        reference is JsonObject target && $"{target["name"]}" == item.Name && $"{target["kind"] ?? item.Kind}" == item.Kind;

    private static Verdict Budget(ManifestObject item, V1PodTemplateSpec pods, int replicas, Rendering rendering)
    {
        V1PodDisruptionBudget[] budgets =
        [
            .. from other in rendering.Objects
               where other.Namespace == item.Namespace
               let budget = other.Model as V1PodDisruptionBudget
               where budget?.Spec?.Selector is not null && Selects(budget.Spec.Selector, pods)
               select budget,
        ];

        return budgets is []
            ? Verdict.Fail("no PodDisruptionBudget is about its pods: nodes that are drained may take all of them")
            : Verdict.WorstOf(budgets.Select(budget => Allows(budget.Spec, replicas)));
    }

    // A node whose pods may not go is never replaced.
    private static Verdict Allows(V1PodDisruptionBudgetSpec budget, int replicas) =>
        (budget.MaxUnavailable ?? budget.MinAvailable)?.Value is not { } text ? Verdict.Pass
        : Pods(text, replicas) is not { } pods ? Verdict.Unclear($"how many its PodDisruptionBudget lets go, {text}, is not a number")
        : (budget.MaxUnavailable is null ? replicas - pods : pods) <= 0
            ? Verdict.Fail("its PodDisruptionBudget lets no pod go, so that no node can be drained")
        : Verdict.Pass;

    // Kubernetes rounds a share up: https://kubernetes.io/docs/tasks/run-application/configure-pdb/.
    private static int? Pods(string text, int replicas) =>
        !int.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
        : text.EndsWith('%') ? (int)Math.Ceiling(replicas * number / 100.0)
        : number;

    private static Verdict Spread(V1PodTemplateSpec pods)
    {
        V1TopologySpreadConstraint[] own = [.. (pods.Spec.TopologySpreadConstraints ?? []).Where(constraint => Selects(constraint.LabelSelector, pods))];

        return own.Any(constraint => constraint.TopologyKey is Zone)
            ? Verdict.Pass
            : Wrong(
                own.Select(constraint => constraint.TopologyKey).FirstOrDefault(ManifestObject.IsPlaceholder),
                $"its pods may all be in one zone: give it a topologySpreadConstraint with {Zone}");
    }

    private static Verdict Rollout(V1DeploymentStrategy? strategy) =>
        strategy?.Type is not (null or "RollingUpdate") ? Wrong(strategy.Type, $"its strategy is {strategy.Type}: a rollout stops the old pods first")
        : strategy?.RollingUpdate?.MaxUnavailable?.Value is "0" or "0%" ? Verdict.Pass
        : Wrong(strategy?.RollingUpdate?.MaxUnavailable?.Value, "a rollout takes a pod away before another is there: set maxUnavailable to 0");

    // Here a selector that is left out finds nothing.
    private static bool Selects(V1LabelSelector? selector, V1PodTemplateSpec pods) =>
        selector is not null && LabelSelectors.Matches(selector, new Dictionary<string, string>(pods.Metadata?.Labels ?? new Dictionary<string, string>()));
}
