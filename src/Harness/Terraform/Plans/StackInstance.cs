namespace Causeway.Harness.Terraform.Plans;

/// <summary>A stack in an environment: one state.</summary>
/// <param name="Kind">The environment's kind, which names the folder of its stacks: <c>aws</c>.</param>
/// <param name="Folder">The stack's folder.</param>
/// <param name="Workload">Which workload, for a stack there is one of for each.</param>
public sealed record StackInstance(string Environment, string Kind, string Stack, string? Workload, string Folder)
{
    /// <summary><c>dev/foundation</c>, <c>dev/workload-catalog</c>: also the plan's file below <c>.causeway/plan</c>.</summary>
    public string Name => $"{Environment}/{Stack}{(Workload is null ? "" : $"-{Workload}")}";

    /// <summary>Where the state lies in the bucket: the path of the environment's files, mirrored.</summary>
    public string StateKey => Workload is null ? $"envs/{Environment}/{Stack}.tfstate" : $"envs/{Environment}/{Stack}/{Workload}.tfstate";

    /// <summary>The stack's input variables.</summary>
    public IReadOnlyDictionary<string, object?> Variables =>
        Workload is null
            ? new Dictionary<string, object?> { ["environment"] = Environment }
            : new Dictionary<string, object?> { ["environment"] = Environment, ["workload"] = Workload };
}
