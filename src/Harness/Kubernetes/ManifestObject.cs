using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Causeway.Harness.Kubernetes;

/// <summary>One object of a manifest: what it says of itself, KubernetesClient's model of it, and the pods that it makes.</summary>
public sealed class ManifestObject
{
    /// <param name="releaseNamespace">Where an object is put that names no namespace; null where that is not known.</param>
    public ManifestObject(JsonObject json, string? releaseNamespace = null)
    {
        Json = json;
        ApiVersion = Text(At("apiVersion"));
        Kind = Text(At("kind")) ?? "object without kind";
        Name = Text(At("metadata", "name")) ?? Text(At("metadata", "generateName")) ?? "without a name";
        OwnNamespace = Text(At("metadata", "namespace"));
        Namespace = OwnNamespace ?? releaseNamespace;
        HasModel = Manifests.HasModel(ApiVersion, Kind);
        (Model, Unread) = Read(json);
        Pods = Model switch
        {
            V1Deployment deployment => deployment.Spec?.Template,
            V1StatefulSet stateful => stateful.Spec?.Template,
            V1DaemonSet daemons => daemons.Spec?.Template,
            V1ReplicaSet replicas => replicas.Spec?.Template,
            V1ReplicationController replicas => replicas.Spec?.Template,
            V1Job job => job.Spec?.Template,
            V1CronJob cron => cron.Spec?.JobTemplate?.Spec?.Template,
            V1PodTemplate template => template.Template,
            V1Pod pod => new V1PodTemplateSpec { Metadata = pod.Metadata, Spec = pod.Spec },
            _ => null,
        };
    }

    /// <summary>The file that it lies in, relative to its folder; null where it was rendered.</summary>
    public string? File { get; init; }

    public JsonObject Json { get; }

    public string? ApiVersion { get; }

    public string Kind { get; }

    public string Name { get; }

    /// <summary>The namespace that it names itself; null where it names none.</summary>
    public string? OwnNamespace { get; }

    /// <summary>Where it is put: its own namespace or its release's; null where neither is known. Of one that lies in no namespace, it says nothing.</summary>
    public string? Namespace { get; }

    /// <summary>As messages and waivers name it: <c>Deployment stand-ins/proxy</c>; without a namespace where it names none.</summary>
    public string Address => $"{Kind} {(OwnNamespace is null ? "" : $"{OwnNamespace}/")}{Name}";

    /// <summary>Whether KubernetesClient has a model of its kind.</summary>
    public bool HasModel { get; }

    /// <summary>KubernetesClient's model of it; null where it has none, or where a value is not of the model's type.</summary>
    public IKubernetesObject<V1ObjectMeta>? Model { get; }

    /// <summary>Why there is no <see cref="Model"/>; empty where there is one.</summary>
    public string Unread { get; }

    /// <summary>What the pods that it makes are made from; null where it makes none, or where that is not known.</summary>
    public V1PodTemplateSpec? Pods { get; }

    /// <summary>Whether it makes pods. One that cannot be read, and has a list of containers somewhere, is taken to make some.</summary>
    public bool MakesPods => Pods is not null || (Model is null && HasContainers(Json));

    /// <summary>What it says in a field, given by the names that lead there; null where it says nothing.</summary>
    public JsonNode? At(params ReadOnlySpan<string> path)
    {
        JsonNode? at = Json;

        foreach (var name in path)
        {
            at = (at as JsonObject)?[name];
        }

        return at;
    }

    /// <summary>Whether a template has still to fill in a text: Go's and Helm's <c>{{ … }}</c>, the shell's <c>${…}</c>, Kubernetes' own <c>$(…)</c>.</summary>
    public static bool IsPlaceholder(string? text) =>
        text is not null && (text.Contains("{{", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal)
            || text.Contains("$(", StringComparison.Ordinal));

    private (IKubernetesObject<V1ObjectMeta>?, string) Read(JsonObject json)
    {
        if (!HasModel)
        {
            return (null, $"{ApiVersion} {Kind} is not of Kubernetes' own kinds, so what it makes is not known");
        }

        try
        {
            return (Manifests.Read(json), "");
        }
        catch (InvalidDataException fault)
        {
            return (null, $"it cannot be read as a {Kind}: {fault.Message}");
        }
    }

    private static bool HasContainers(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member => (member is { Key: "containers", Value: JsonArray } || HasContainers(member.Value))),
        JsonArray items => items.Any(HasContainers),
        _ => false,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
