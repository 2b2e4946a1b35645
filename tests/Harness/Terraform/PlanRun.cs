using Causeway.Harness.Local;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Harness.Terraform;

/// <summary>
/// What <c>causeway plan</c> does: every stack of an environment, or one configuration from elsewhere, planned in the order in which it is applied.
/// Without <see cref="PlanRequest.Real"/> nothing leaves the machine, and all that is applied is gone at the end with the simulated cloud.
/// </summary>
/// <param name="print">Receives the digest, line by line.</param>
public sealed class PlanRun(Repository repository, PlanRequest request, ISteps steps, Action<string> print)
{
    private readonly List<Digest> digests = [];
    private readonly List<string> remarks = [];
    private string mergeBase = "";

    /// <summary>What was planned, in order.</summary>
    public IReadOnlyList<Digest> Digests => digests;

    private string Mode => request.Real
        ? "real: the registry's provider, the state in S3 and your credentials"
        : request.Root is null
            ? "hermetic: simulated cloud, no credential, no network, no download"
            : "hermetic: simulated cloud, no credential, no network; fetched are only npm packages of provider schemas, once, where the committed ones do not do";

    /// <exception cref="UsageException">The request cannot be met.</exception>
    /// <exception cref="PlatformException">Something the user can mend.</exception>
    /// <exception cref="TerraformException">Terraform refused; every error with file and line.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        request.Checked();
        print(Mode);

        if (request.Root is not null)
        {
            await ForeignAsync(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Root)), stop);
        }
        else
        {
            await EnvironmentsAsync(stop);
        }

        if (request.Markdown is { } file)
        {
            var title = $"Terraform plan{(request.Against is null ? "" : $" against {request.Against}")}";
            await File.WriteAllTextAsync(file, MarkdownDigest.Write(title, digests, [Mode, .. remarks]), stop);
            print($"markdown: {file}");
        }
    }

    private async Task ForeignAsync(string folder, CancellationToken stop)
    {
        var options = Options() with { Variables = request.Variables };
        await using var root = await TerraformRoot.CopyAsync(folder, options, stop);
        var name = RootName.Of(repository, folder);
        var planned = new PlannedRoot(name.Text, root, steps);

        if (request is { Real: true, Apply: true, Destroy: false } && !root.HasBackend)
        {
            throw new PlatformException($"{folder} has no backend: its state would be lost with the working copy.", "Give the configuration a backend, or add --destroy.");
        }

        try
        {
            await LifeAsync(planned, repository.PathTo(".causeway", "plan", $"{name.File}.json"), stop);
        }
        finally
        {
            // What is simulated lies in the copy and goes with it. A destroy here would only hide why the apply failed, with the error that it meets itself.
            if (!request.Real || request is { Apply: true, Destroy: false })
            {
                root.Disown();
            }
        }
    }

    private async Task LifeAsync(PlannedRoot planned, string file, CancellationToken stop)
    {
        var (plan, digest) = await PlanAsync(planned, file, stop);
        Show(digest, file);

        if (request.Apply)
        {
            await planned.ApplyAsync(plan, stop);
            await planned.PlanAgainAsync(stop);
        }

        if (request.Destroy)
        {
            await planned.DestroyAsync(stop);
            ExpectEmptyCloud(planned.Root.Cloud);
        }
    }

    private async Task EnvironmentsAsync(CancellationToken stop)
    {
        var stacks = new Stacks(repository.Root);
        await CheckAsync("Check environments", stacks.Misfits, () => $"{OrNone(stacks.Environments())} of kind aws");
        using var before = request.Against is null ? null : await BaseAsync(request.Against, stop);
        var past = before is null ? null : new Stacks(before.PathOf(repository.Root));
        string[] here = [.. stacks.Environments()];

        // What the base alone has is the loss that a reviewer has to see first.
        string[] all = [.. here.Union(past is null ? [] : OfBase(past.Environments)).Order(StringComparer.Ordinal)];
        string[] names = [.. stacks.Names().Union(past?.Names() ?? []).Order(StringComparer.Ordinal)];
        string[] chosen = request.Environment is { } one ? [one] : all;

        if (chosen is [] || chosen.Except(all).Any())
        {
            throw new UsageException($"There is no environment {(request.Environment is { } name ? $"{name} " : "")}of kind aws.", $"Of kind aws: {OrNone(all)}; a new one is a folder terraform/envs/<name>.");
        }

        if (request.Stack is { } stack && !names.Contains(stack))
        {
            throw new UsageException($"There is no stack {stack}.", $"Stacks: {OrNone(names)}.");
        }

        string[] checkedNow = [.. chosen.Intersect(here)];
        await CheckAsync("Check releases", () => [.. checkedNow.SelectMany(stacks.MisfitsOfReleases).Distinct()], () => $"{OrNone(checkedNow)}: all fit their schemas");
        using var copy = await WorkingCopy.CreateAsync(repository, repository.PathTo("terraform"), withLockFile: request.Real, stop);

        foreach (var environment in chosen)
        {
            await EnvironmentAsync(environment, stacks, here.Contains(environment) ? stacks.In(environment) : [], copy, before, stop);
        }
    }

    private Task CheckAsync(string title, Func<IReadOnlyList<string>> check, Func<string> said) => steps.RunAsync(title, _ => check() switch
    {
        [] => Task.FromResult(said()),
        var misfits => throw new PlatformException(
            $"{misfits.Count} {(misfits.Count == 1 ? "place does" : "places do")} not fit the documents' schemas.", "Correct what is named above; schemas/ describes each field.", string.Join('\n', misfits)),
    });

    private static string OrNone(IReadOnlyCollection<string> names) => names is { Count: 0 } ? "none" : string.Join(", ", names);

    private async Task<WorkingCopy> BaseAsync(string reference, CancellationToken stop)
    {
        WorkingCopy? extracted = null;

        await steps.RunAsync($"Extract the merge base with {reference}", async _ =>
        {
            var found = await MergeBase.FindAsync(repository.Root, reference, stop);
            extracted = await WorkingCopy.OfCommitAsync(repository, found, stop);

            return mergeBase = found.Commit[..12];
        });

        return extracted!;
    }

    private async Task EnvironmentAsync(string environment, Stacks stacks, IReadOnlyList<StackInstance> instances, WorkingCopy copy, WorkingCopy? before, CancellationToken stop)
    {
        var cloud = Path.Combine(copy.Folder, environment, "cloud.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(cloud)!);
        var options = Options() with { Cloud = cloud, Schemas = before is null || request.Real ? null : Schemas(before) };
        var gone = before is null ? [] : await ApplyBaseAsync(environment, before, instances, options, copy, stop);
        var open = new Stack<PlannedRoot>();

        try
        {
            foreach (var instance in instances.Where(instance => Concerns(stacks, instance)))
            {
                var root = TerraformRoot.In(repository, copy, instance.Folder, For(instance, options, copy, stacks));
                var planned = new PlannedRoot(instance.Name, root, steps);
                open.Push(planned);
                await PlanAsync(planned, instance, stacks, instances, stop);
            }

            // What the base has and this tree has not goes last, in the opposite order.
            foreach (var (instance, planned) in gone.Reverse().Where(pair => request.Stack is null || pair.Instance.Stack == request.Stack))
            {
                var file = FileOf(instance);
                var (_, digest) = await planned.PlanAsync("Plan the end of", file, stop, new PlanScope { Destroy = true });
                Show(digest, file);
            }

            if (request.Destroy)
            {
                foreach (var planned in open.Concat(gone.Reverse().Select(pair => pair.Planned)))
                {
                    await planned.DestroyAsync(stop);
                }

                ExpectEmptyCloud(cloud);
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

    private async Task PlanAsync(PlannedRoot planned, StackInstance instance, Stacks stacks, IReadOnlyList<StackInstance> instances, CancellationToken stop)
    {
        var wanted = request.Stack is null || request.Stack == instance.Stack;
        var file = FileOf(instance);
        var (plan, digest) = await PlanAsync(planned, wanted ? file : null, stop);

        if (wanted)
        {
            Show(digest, file);
        }

        var needed = !request.Real && instances.Any(other => other.Stack != instance.Stack && Concerns(stacks, other) && stacks.NeededBy(other.Stack).Contains(instance.Stack));

        if (!plan.IsEmpty && (request.Apply || (request.Destroy && !request.Real) || needed))
        {
            await planned.ApplyAsync(plan, stop);
        }

        if (request.Apply)
        {
            await planned.PlanAgainAsync(stop);
        }
    }

    // What a reader should know of the choice of schemas is often why it fails.
    private async Task<(Plan Plan, Digest Digest)> PlanAsync(PlannedRoot planned, string? file, CancellationToken stop)
    {
        try
        {
            return await planned.PlanAsync("Plan", file, stop);
        }
        finally
        {
            planned.Root.Notes.ToList().ForEach(Remark);
        }
    }

    /// <returns>What the base has and this tree has not.</returns>
    private async Task<IReadOnlyList<(StackInstance Instance, PlannedRoot Planned)>> ApplyBaseAsync(
        string environment, WorkingCopy before, IReadOnlyList<StackInstance> now, TerraformOptions options, WorkingCopy copy, CancellationToken stop)
    {
        var tree = before.PathOf(repository.Root);
        var stacks = new Stacks(tree);

        if (!OfBase(stacks.Environments).Contains(environment))
        {
            Remark($"{environment} does not exist in the merge base: everything in it is new");

            return [];
        }

        if (now is [])
        {
            Remark($"{environment} is not in this tree any more: what the merge base has in it would be destroyed");
        }

        var gone = new List<(StackInstance, PlannedRoot)>();

        foreach (var instance in OfBase(() => stacks.In(environment).Where(instance => Concerns(stacks, instance)).ToArray()))
        {
            var original = repository.PathTo(Path.GetRelativePath(tree, instance.Folder));
            var root = TerraformRoot.In(repository, before, original, For(instance, options, copy, stacks));
            var planned = new PlannedRoot(instance.Name, root, steps);
            var survives = now.Any(other => other.Name == instance.Name);

            await steps.RunAsync($"Apply {instance.Name} as it was", async _ =>
            {
                try
                {
                    await root.ApplyAsync(stop);
                }
                catch (TerraformException refusal)
                {
                    throw Unplannable(refusal);
                }

                return $"{(await root.StateAsync(stop)).Managed.Count()} resources{(survives ? "" : ", which this tree has no more")}";
            });

            if (survives)
            {
                root.Disown();
                await root.DisposeAsync();
            }
            else
            {
                gone.Add((instance, planned));
            }
        }

        return gone;
    }

    // The places that such an error names are of the past: nobody can mend them here.
    private T OfBase<T>(Func<T> read)
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
        new($"The merge base {mergeBase} does not plan by itself; the places above are in that commit, not in this tree.", "Name another reference with --against, or run without --against.", refusal.Message);

    private bool Concerns(Stacks stacks, StackInstance instance) =>
        request.Stack is null || instance.Stack == request.Stack || (!request.Real && stacks.Names().Contains(request.Stack) && Needs(stacks, request.Stack, []).Contains(instance.Stack));

    private static HashSet<string> Needs(Stacks stacks, string stack, HashSet<string> all)
    {
        foreach (var needed in stacks.NeededBy(stack).Where(all.Add))
        {
            Needs(stacks, needed, all);
        }

        return all;
    }

    private TerraformOptions Options() => new()
    {
        Real = request.Real,
        Modules = request.Modules,
        VariableFiles = [.. request.VariableFiles.Select(Path.GetFullPath)],
        OnLine = steps.Detail,
    };

    private TerraformOptions For(StackInstance instance, TerraformOptions options, WorkingCopy copy, Stacks stacks) => options with
    {
        State = Path.Combine(copy.Folder, instance.StateKey),
        BackendConfig = request.Real ? stacks.BackendConfig(instance) : [],
        Variables = new Dictionary<string, object?>(instance.Variables.Concat(request.Variables.Where(pair => !instance.Variables.ContainsKey(pair.Key)))),
    };

    // A type that only one of the trees uses must be known while the other's resources are destroyed or made.
    private List<string> Schemas(WorkingCopy before)
    {
        string[] mine = Installation.Committed(repository);
        string[] theirs = Installation.Committed(new Repository(before.PathOf(repository.Root)));
        var merged = new List<string>();

        foreach (var file in mine)
        {
            var own = SchemaFile.Read(file);
            var twin = theirs.Select(SchemaFile.Read).FirstOrDefault(other => (other.Provider, other.Version) == (own.Provider, own.Version));
            var both = Path.Combine(before.Folder, "schemas", Path.GetFileName(file));
            SchemaFile.Write(twin is null ? own : SchemaFile.Merge(own, twin), both);
            merged.Add(both);
        }

        return [.. merged, .. theirs.Where(file => !merged.Select(other => MirroredProvider.Of(other)).Any(other => MirroredProvider.Of(file) is var its && (other.Source, other.Version) == (its.Source, its.Version)))];
    }

    private string FileOf(StackInstance instance) => repository.PathTo(".causeway", "plan", $"{instance.Name}.json");

    private void Show(Digest digest, string file)
    {
        digests.Add(digest);
        digest.Lines().ToList().ForEach(print);
        print($"  plan: {Path.GetRelativePath(repository.Root, file)}");
        print("");
    }

    private void Remark(string remark)
    {
        if (!remarks.Contains(remark))
        {
            remarks.Add(remark);
            print($"note: {remark}");
        }
    }

    private void ExpectEmptyCloud(string cloud)
    {
        if (!request.Real && CloudFile.Resources(cloud) is { Count: > 0 } left)
        {
            throw new PlatformException($"{left.Count} resources are left in the simulated cloud after the destroy.", "They are in no state any more: something made them besides Terraform's knowledge, or the provider forgot to delete them.", string.Join('\n', left));
        }
    }
}
