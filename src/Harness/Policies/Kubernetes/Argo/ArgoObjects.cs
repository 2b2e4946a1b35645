using System.Text.Json.Nodes;
using Causeway.Harness.Kubernetes;

namespace Causeway.Harness.Policies.Kubernetes.Argo;

/// <summary>What Argo CD's objects say. KubernetesClient has no models of them.</summary>
internal static class ArgoObjects
{
    public static bool Is(ManifestObject item, params ReadOnlySpan<string> kinds) =>
        item.ApiVersion?.StartsWith("argoproj.io/", StringComparison.Ordinal) is true && kinds.Contains(item.Kind);

    /// <summary>A field's text; null where it has none.</summary>
    public static string? Text(JsonNode? node, string field) =>
        (node as JsonObject)?[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A field's list; empty where it has none.</summary>
    public static IReadOnlyList<JsonNode> List(JsonNode? node, string field) =>
        [.. ((node as JsonObject)?[field] as JsonArray ?? []).OfType<JsonNode>()];
}
