using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Kubernetes;

/// <summary>One thing wrong with a Kubernetes object. <paramref name="Field"/> is a JSON pointer into it.</summary>
public sealed record ObjectFault(ManifestObject Item, string Field, string Message)
{
    public override string ToString() => $"{Item.Kind} {Item.Name}{Field}: {Message}";
}

/// <summary>
/// Checks objects strictly, in one pass: KubernetesClient's reader knows every field of Kubernetes' own kinds (<see cref="Manifests"/>), the validators of
/// kubernetes-models know what is required and of which type, for the kinds of Argo CD and of Prometheus' operator as well. A kind that either of them
/// does not know is a fault.
/// </summary>
public sealed class KubernetesSchemas(Repository repository, ToolBox tools)
{
    /// <summary>Groups that are not Kubernetes' own, and are declared in packages.</summary>
    private static readonly string[] Others = ["argoproj.io/", "monitoring.coreos.com/"];

    /// <summary>Everything wrong with <paramref name="objects"/>, in their order; empty where all are as the API wants them.</summary>
    /// <exception cref="ArgumentException">There are no objects: nothing would be checked.</exception>
    public async Task<IReadOnlyList<ObjectFault>> CheckAsync(IReadOnlyList<ManifestObject> objects, CancellationToken stop)
    {
        if (objects is [])
        {
            throw new ArgumentException("There are no objects to check.", nameof(objects));
        }

        var validated = (await ValidateAsync(objects, stop)).ToLookup(fault => fault.Item);

        return [.. objects.SelectMany(item => Merge([.. validated[item]], Fields(item)))];
    }

    // One process for all: to start it costs more than to ask it.
    private async Task<IEnumerable<ObjectFault>> ValidateAsync(IReadOnlyList<ManifestObject> objects, CancellationToken stop)
    {
        var script = repository.PathTo("src", "Harness", "Kubernetes", "validate.mjs");
        var input = new JsonArray([.. objects.Select(item => item.Json.DeepClone())]).ToJsonString();
        var validated = await CommandLine.Of("node", script, tools.NodeModules, Path.Combine(repository.Cache, "validators")).WithInput(input).RunAsync(stop);

        return JsonSerializer.Deserialize<Fault[]>(validated.Output, JsonSerializerOptions.Web)!
            .Select(fault => new ObjectFault(objects[fault.Object], fault.Field, fault.Message));
    }

    // What has no model has at least the metadata that all objects have.
    private static IEnumerable<ObjectFault> Fields(ManifestObject item) => item switch
    {
        { Model: not null } => [],
        { HasModel: true } => Manifests.Faults(item.Json).Select(fault => new ObjectFault(item, fault.Field, fault.Message)),
        { ApiVersion: { } version } when Others.Any(group => version.StartsWith(group, StringComparison.Ordinal)) =>
            Manifests.Faults(new() { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = item.At("metadata")?.DeepClone() })
                .Select(fault => new ObjectFault(item, fault.Field, fault.Message)),
        { ApiVersion: { } version } when item.Json["kind"] is not null =>
            [new(item, "/kind", $"{version} {item.Kind} is a kind that nothing here can check")],
        _ => [],
    };

    // Both know types, and the validators say better what is expected.
    private static IEnumerable<ObjectFault> Merge(IReadOnlyList<ObjectFault> validated, IEnumerable<ObjectFault> fields) =>
        validated.Concat(fields.Where(fault => validated.All(other => other.Field != fault.Field)));

    private sealed record Fault(int Object, string Field, string Message);
}
