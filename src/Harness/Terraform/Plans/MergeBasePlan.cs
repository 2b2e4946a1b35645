using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Running;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Harness.Terraform.Plans;

/// <summary><c>causeway plan --against</c>: the merge base with another branch, extracted and applied before this tree is planned on it.</summary>
internal sealed class MergeBasePlan : IDisposable
{
    private readonly Repository repository;
    private readonly PlanRequest request;
    private readonly ISteps steps;
    private readonly PlanReport report;
    private readonly WorkingCopy tree;
    private readonly string commit;
    private readonly Stacks stacks;

    private MergeBasePlan(Repository repository, PlanRequest request, ISteps steps, PlanReport report, WorkingCopy tree, string commit)
    {
        (this.repository, this.request, this.steps, this.report, this.tree, this.commit) = (repository, request, steps, report, tree, commit);
        stacks = new Stacks(Root);
    }

    private string Root => tree.PathOf(repository.Root);

    /// <exception cref="PlatformException">There is no merge base, or it is not in this clone; the remedy says how to get it.</exception>
    public static async Task<MergeBasePlan> ExtractAsync(Repository repository, PlanRequest request, ISteps steps, PlanReport report, CancellationToken stop)
    {
        MergeBasePlan? extracted = null;

        await steps.RunAsync($"Extract the merge base with {request.Against}", async _ =>
        {
            var found = await MergeBase.FindAsync(repository.Root, request.Against!, stop);
            extracted = new(repository, request, steps, report, await WorkingCopy.OfCommitAsync(repository, found, stop), found.Commit);

            return extracted.commit[..12];
        });

        return extracted!;
    }

    /// <summary>The environments that it has.</summary>
    public IReadOnlyList<string> Environments() => Read(stacks.Environments);

    /// <summary>The stacks that it has.</summary>
    public IReadOnlyList<string> StackNames() => Read(stacks.Names);

    /// <summary>The schemas of both trees: a type that only one of them uses must be known while the other's resources are destroyed or made.</summary>
    public IReadOnlyList<string> Schemas()
    {
        string[] mine = Installation.Committed(repository);
        string[] theirs = Installation.Committed(new Repository(Root));
        var merged = new List<string>();

        foreach (var file in mine)
        {
            var own = SchemaFile.Read(file);
            var twin = theirs.Select(SchemaFile.Read).FirstOrDefault(other => (other.Provider, other.Version) == (own.Provider, own.Version));
            var both = Path.Combine(tree.Folder, "schemas", Path.GetFileName(file));
            SchemaFile.Write(twin is null ? own : SchemaFile.Merge(own, twin), both);
            merged.Add(both);
        }

        var known = merged.Select(file => MirroredProvider.Of(file)).Select(provider => (provider.Source, provider.Version)).ToHashSet();

        return [.. merged, .. theirs.Where(file => MirroredProvider.Of(file) is var its && !known.Contains((its.Source, its.Version)))];
    }

    /// <summary>The configurations of both trees, and the packages of modules that the run is given.</summary>
    public IReadOnlyList<string> Trees() => [repository.PathTo("terraform"), Path.Combine(Root, "terraform"), .. request.Modules.Select(Path.GetFullPath)];

    /// <summary>Applies what it has in an environment.</summary>
    /// <param name="now">What this tree has there.</param>
    /// <returns>What it has and this tree has not.</returns>
    /// <exception cref="PlatformException">It does not plan by itself.</exception>
    public async Task<IReadOnlyList<(StackInstance Instance, PlannedRoot Planned)>> ApplyAsync(
        string environment, IReadOnlyList<StackInstance> now, TerraformOptions options, WorkingCopy copy, CancellationToken stop)
    {
        if (!Environments().Contains(environment))
        {
            report.Note($"{environment} does not exist in the merge base: everything in it is new");

            return [];
        }

        if (now is [])
        {
            report.Note($"{environment} is not in this tree any more: what the merge base has in it would be destroyed");
        }

        var gone = new List<(StackInstance, PlannedRoot)>();
        var instances = Read(() => stacks.In(environment).Where(instance => request.Concerns(stacks, instance)).ToArray());
        var kept = await AppliedBase.OfAsync(repository, request, commit, environment, options.Schemas!, stop);
        var isKept = kept?.TryRestore(copy.Folder) is true;

        if (isKept)
        {
            await steps.RunAsync($"Take {environment} as it was", _ => Task.FromResult($"{commit[..12]} was applied before"));
        }

        foreach (var instance in instances)
        {
            var original = repository.PathTo(Path.GetRelativePath(Root, instance.Folder));
            var root = TerraformRoot.In(repository, tree, original, request.For(instance, options, copy, stacks));
            var survives = now.Any(other => other.Name == instance.Name);

            if (!isKept)
            {
                await ApplyAsync(root, instance.Name, survives, stop);
            }

            if (survives)
            {
                root.Disown();
                await root.DisposeAsync();
            }
            else
            {
                gone.Add((instance, new PlannedRoot(instance.Name, root, steps)));
            }
        }

        if (!isKept)
        {
            kept?.Keep(copy.Folder, [Path.GetRelativePath(copy.Folder, options.Cloud!), .. instances.Select(instance => instance.StateKey)]);
        }

        return gone;
    }

    public void Dispose() => tree.Dispose();

    private Task ApplyAsync(TerraformRoot root, string name, bool survives, CancellationToken stop) => steps.RunAsync($"Apply {name} as it was", async _ =>
    {
        try
        {
            await root.ApplyAsync(stop);
        }
        catch (TerraformException refusal)
        {
            throw Unplannable(refusal);
        }

        return $"{(await root.ManagedAsync(stop)).Count} resources{(survives ? "" : ", which this tree has no more")}";
    });

    // Paths in such an error are in the base commit.
    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException refusal)
        {
            throw Unplannable(refusal);
        }
    }

    private PlatformException Unplannable(Exception refusal) =>
        new(
            $"The merge base {commit[..12]} does not plan by itself; the places above are in that commit, not in this tree.",
            "Name another reference with --against, or run without --against.",
            refusal.Message);
}
