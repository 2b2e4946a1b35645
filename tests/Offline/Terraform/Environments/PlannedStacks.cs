using System.Collections.Concurrent;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>
/// Every workload of every environment, this repository's and the fixtures', planned once for all tests of a class. The stacks that workloads look up are
/// planned and applied before.
/// </summary>
public sealed class PlannedStacks(Workbench workbench) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Plan> plans = [];
    private readonly ConcurrentDictionary<string, string> keys = [];
    private WorkingCopy? copy;

    internal StackTree Tree { get; } = StackTree.Create(workbench);

    /// <summary>By name, <c>dev/foundation</c>.</summary>
    internal IReadOnlyDictionary<string, Plan> Plans => plans;

    /// <summary>ARN of the key that encrypts an environment's data, by environment.</summary>
    internal IReadOnlyDictionary<string, string> DataKeys => keys;

    internal IReadOnlyList<StackInstance> Instances { get; private set; } = [];

    internal IEnumerable<StackInstance> Workloads => Instances.Where(instance => instance.Workload is not null);

    /// <summary>The simulated cloud in which the environment's own stacks are applied.</summary>
    internal string Cloud(string environment) => Path.Combine(copy!.Folder, environment, "cloud.jsonl");

    public async ValueTask InitializeAsync()
    {
        var stop = CancellationToken.None;
        copy = await Tree.CopyAsync(stop);
        Instances = [.. Tree.Stacks.Environments().SelectMany(Tree.Stacks.In).Where(IsNeeded)];

        // Each environment has a cloud of its own; within one, a stack follows those that it reads.
        await Task.WhenAll(Instances.GroupBy(instance => instance.Environment).Select(one => PlanAsync(copy, [.. one], stop)));
    }

    public ValueTask DisposeAsync()
    {
        copy?.Dispose();

        return ValueTask.CompletedTask;
    }

    // Of a workload, or looked up by the stack of one.
    private bool IsNeeded(StackInstance instance) =>
        instance.Workload is not null
            || Tree.Stacks.In(instance.Environment)
                .Where(other => other.Workload is not null)
                .Any(other => Tree.Stacks.NeededBy(other.Kind, other.Stack).Contains(instance.Stack));

    private async Task PlanAsync(WorkingCopy within, IReadOnlyList<StackInstance> environment, CancellationToken stop)
    {
        foreach (var instance in environment)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Cloud(instance.Environment))!);
            await using var root = Tree.RootIn(within, instance.Folder, new()
            {
                Cloud = Cloud(instance.Environment),
                State = Path.Combine(within.Folder, instance.StateKey),
                Variables = instance.Variables,
            });
            plans[instance.Name] = await root.PlanAsync(stop);

            if (instance.Workload is null)
            {
                await root.ApplyAsync(stop, plans[instance.Name]);
                root.Disown();

                if ((await root.OutputAsync(stop)).TryGetValue("keys", out var made))
                {
                    keys[instance.Environment] = (string)made.Value!["data"]!;
                }
            }
        }
    }
}
