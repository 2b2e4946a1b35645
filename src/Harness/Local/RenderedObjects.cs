using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Kubernetes objects as Helm rendered them, with the questions the runtime asks about them.</summary>
public sealed class RenderedObjects(IReadOnlyList<JsonObject> objects)
{
    /// <summary>All of them, in Helm's order.</summary>
    public IReadOnlyList<JsonObject> All => objects;

    /// <summary>The objects of one kind.</summary>
    public IEnumerable<JsonObject> Of(string kind) => objects.Where(o => KindOf(o) == kind);

    /// <summary>The object of this kind, namespace and name; null where no chart renders it.</summary>
    public JsonObject? Find(string kind, string @namespace, string name) => Of(kind).SingleOrDefault(o => NameOf(o) == name && NamespaceOf(o) == @namespace);

    /// <summary>The objects with a pod template that carries all labels of <paramref name="selector"/>.</summary>
    public IEnumerable<JsonObject> Selected(JsonObject selector, string @namespace) =>
        objects.Where(o => NamespaceOf(o) == @namespace && o["spec"]?["template"] is { } template && Selects(selector, template));

    /// <summary>The Services that select a pod template.</summary>
    public IEnumerable<JsonObject> ServicesOf(JsonNode template, string @namespace) =>
        Of("Service").Where(service => NamespaceOf(service) == @namespace && Selects(service["spec"]!["selector"]!.AsObject(), template));

    /// <summary>The autoscaler of an object; null where it has none.</summary>
    public JsonObject? ScalerOf(JsonObject scaled) =>
        Of("HorizontalPodAutoscaler").SingleOrDefault(scaler =>
            NamespaceOf(scaler) == NamespaceOf(scaled)
            && (string?)scaler["spec"]!["scaleTargetRef"]!["name"] == NameOf(scaled)
            && ((string?)scaler["spec"]!["scaleTargetRef"]!["kind"] ?? KindOf(scaled)) == KindOf(scaled));

    public static string KindOf(JsonObject o) => (string?)o["kind"] ?? "object without kind";

    public static string NameOf(JsonObject o) => (string)o["metadata"]!["name"]!;

    public static string NamespaceOf(JsonObject o) => (string?)o["metadata"]!["namespace"] ?? "default";

    /// <summary>Every container of a pod or pod template, those that prepare it first.</summary>
    public static IEnumerable<JsonObject> ContainersOf(JsonNode pod) =>
        (pod["spec"]!["initContainers"]?.AsArray() ?? []).Concat(pod["spec"]!["containers"]!.AsArray()).Cast<JsonObject>();

    /// <summary>The number of a container's port, given as a number or by its name.</summary>
    /// <exception cref="PlatformException">No container has a port of that name.</exception>
    public static int PortOf(JsonNode pod, JsonNode port) =>
        port is JsonValue value && value.TryGetValue<string>(out var name)
            ? pod["spec"]!["containers"]!.AsArray()
                .SelectMany(container => container!["ports"]?.AsArray() ?? [])
                .Where(candidate => (string?)candidate!["name"] == name)
                .Select(candidate => (int?)candidate!["containerPort"])
                .FirstOrDefault() ?? throw new PlatformException($"No container has a port named {name}.", "Name the container's port, or give its number.")
            : (int)port;

    private static bool Selects(JsonObject selector, JsonNode template) =>
        selector.All(wanted => (string?)template["metadata"]?["labels"]?[wanted.Key] == (string?)wanted.Value);
}
