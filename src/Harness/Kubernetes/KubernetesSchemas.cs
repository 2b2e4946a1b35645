using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Kubernetes;

/// <summary>One thing wrong with a Kubernetes object. <paramref name="Field"/> is a JSON pointer into it.</summary>
public sealed record ObjectFault(string Kind, string Name, string Field, string Message)
{
    public override string ToString() => $"{Kind} {Name}{Field}: {Message}";
}

/// <summary>Checks objects against the Kubernetes API's own schemas, strictly: an unknown field is a fault, and so is an unknown kind.</summary>
public sealed class KubernetesSchemas(Repository repository, ToolBox tools)
{
    /// <summary>Everything wrong with <paramref name="objects"/>; empty where all are as the API wants them.</summary>
    /// <exception cref="ArgumentException">There are no objects: nothing would be checked.</exception>
    public async Task<IReadOnlyList<ObjectFault>> CheckAsync(IReadOnlyList<JsonObject> objects, CancellationToken stop)
    {
        if (objects is [])
        {
            throw new ArgumentException("There are no objects to check.", nameof(objects));
        }

        var script = repository.PathTo("src", "Harness", "Kubernetes", "validate.mjs");
        var input = new JsonArray([.. objects.Select(item => item.DeepClone())]).ToJsonString();
        var checkedObjects = await CommandLine.Of("node", script, tools.NodeModules).WithInput(input).RunAsync(stop);

        return [.. JsonSerializer.Deserialize<Fault[]>(checkedObjects.Output, JsonSerializerOptions.Web)!
            .Select(fault => new ObjectFault(
                (string?)objects[fault.Object]["kind"] ?? "object",
                (string?)objects[fault.Object]["metadata"]?["name"] ?? $"number {fault.Object + 1}",
                fault.Field,
                fault.Message))];
    }

    private sealed record Fault(int Object, string Field, string Message);
}
