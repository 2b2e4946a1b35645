using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>
/// What an event of the API says (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/), once for all its repetitions.
/// </summary>
/// <param name="About">The object: <c>Pod shop/shop-store-1</c>.</param>
public sealed record ClusterEvent(bool IsWarning, string About, string Reason, string Message)
{
    public static ClusterEvent Of(Corev1Event item) => new(
        item.Type is "Warning",
        $"{item.InvolvedObject.Kind} {item.InvolvedObject.NamespaceProperty ?? item.Metadata.NamespaceProperty}/{item.InvolvedObject.Name}",
        item.Reason ?? "",
        (item.Message ?? "").Trim().Replace('\n', ' '));

    public override string ToString() => $"{(IsWarning ? "Warning  " : "")}{About}  {Reason}: {Message}";
}
