using Causeway.Harness.Costs;
using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>The plan of one environment: its stacks in the order in which they are applied, on what the merge base has where there is one.</summary>
/// <param name="stacks">Those of this tree.</param>
/// <param name="copy">The tree's copy.</param>
internal sealed class EnvironmentPlan(
    Repository repository, PlanRequest request, ISteps steps, PlanReport report, Stacks stacks, WorkingCopy copy, MergeBasePlan? before)
{
    private readonly List<Cost> costs = [];

    /// <param name="instances">What this tree has in the environment, in order.</param>
    public async Task RunAsync(string environment, IReadOnlyList<StackInstance> instances, CancellationToken stop)
    {
        var limits = stacks.LimitsOf(environment);

        if (request.Stack is not null && !limits.IsNone && instances.Any(instance => instance.Stack == request.Stack))
        {
            report.Note($"the limits of {environment} are not checked: they are about all of its stacks, so leave {request.Stack} out to check them");
        }

        var cloud = Path.Combine(copy.Folder, environment, "cloud.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(cloud)!);
        var options = request.Options(steps, report.Print) with { Cloud = cloud };
        options = before is null || request.Real ? options : options with { Schemas = before.Schemas(), Before = before.Trees() };
        var gone = before is null ? [] : await before.ApplyAsync(environment, instances, options, copy, stop);
        var open = new Stack<PlannedRoot>();
        try
        {
            foreach (var instance in instances.Where(instance => request.Concerns(stacks, instance)))
            {
                var own = request.For(instance, options, copy, stacks);
                var root = RootOf(instance, request.Bootstrap ? own with { FirstState = await FirstStateAsync(instance, own, stop) } : own);
                var planned = new PlannedRoot(instance.Name, root, steps);
                open.Push(planned);
                await PlanAsync(planned, instance, instances, stop);
            }

            // What the base has and this tree has not goes last, in the opposite order.
            foreach (var (instance, planned) in gone.Reverse().Where(pair => request.Stack is null || pair.Instance.Stack == request.Stack))
            {
                var file = report.FileOf(instance.Name);
                var (plan, digest) = await planned.PlanAsync("Plan the end of", file, stop, new PlanScope { Destroy = true });
                report.Show(digest, file);
                costs.Add(report.Estimate(plan));
            }

            if (request.Stack is null && costs is not [])
            {
                report.AddUp(environment, costs, limits);
            }

            if (request.Destroy)
            {
                foreach (var planned in open.Concat(gone.Reverse().Select(pair => pair.Planned)))
                {
                    await planned.DestroyAsync(stop, request.ScopeOfDestroy);
                }

                if (!request.Real)
                {
                    CloudFile.ExpectEmpty(cloud);
                }
            }
        }
        finally
        {
            // All of it is simulated and lies in the copy, or real and in its own backend: nothing is destroyed that was not asked to be.
            foreach (var planned in open.Concat(gone.Select(pair => pair.Planned)))
            {
                planned.Root.Disown();
                await planned.Root.DisposeAsync();
            }
        }
    }

    private TerraformRoot RootOf(StackInstance instance, TerraformOptions options) => TerraformRoot.In(repository, copy, instance.Folder, options);

    // Null where the state's backend is there. A file that an interrupted run left is taken up again.
    private async Task<string?> FirstStateAsync(StackInstance instance, TerraformOptions options, CancellationToken stop)
    {
        var file = Path.Combine(repository.Cache, "bootstrap", instance.StateKey);

        if (File.Exists(file))
        {
            report.Note($"the state of {instance.Name} is in {Path.GetRelativePath(repository.Root, file)}, where an earlier run left it");

            return file;
        }

        await using var root = RootOf(instance, options);

        try
        {
            await root.InitAsync(stop);

            return null;
        }
        catch (TerraformException refused) when (refused.IsBucketMissing)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            report.Note(
                $"the state of {instance.Name} is in {Path.GetRelativePath(repository.Root, file)} until the bucket is there: keep it if the run ends early");

            return file;
        }
    }

    private async Task PlanAsync(PlannedRoot planned, StackInstance instance, IReadOnlyList<StackInstance> instances, CancellationToken stop)
    {
        var wanted = request.Stack is null || request.Stack == instance.Stack;
        var file = report.FileOf(instance.Name);
        var (plan, digest) = await report.PlanAsync(planned, wanted ? file : null, request.Scope, stop);

        if (wanted)
        {
            report.Show(digest, file);
            costs.Add(report.Estimate(plan));
            report.Judge(plan, instance.Name);
        }

        var dependents = instances.Where(other => other.Stack != instance.Stack && request.Concerns(stacks, other));
        var needed = !request.Real && dependents.Any(other => stacks.NeededBy(other.Kind, other.Stack).Contains(instance.Stack));

        if (request.Apply)
        {
            report.ExpectNoViolation(instance.Name);
        }

        if (!plan.IsEmpty && (request.Apply || (request.Destroy && !request.Real) || needed))
        {
            await planned.ApplyAsync(plan, stop);
            report.Applied(instance.Name);
        }

        if (planned.Root.HasFirstState)
        {
            await planned.MoveStateAsync(stop);
        }

        if (request.Apply)
        {
            await planned.ExpectNoChangeAsync(stop);
        }
    }
}
