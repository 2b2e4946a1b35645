using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>The stacks of one environment as they exist: in the account of a real run, or applied to a simulated cloud for a hermetic one.</summary>
internal sealed class OpenEnvironment : IAsyncDisposable
{
    private readonly WorkingCopy copy;

    private OpenEnvironment(WorkingCopy copy, string cloud, IReadOnlyList<PlannedRoot> roots) => (this.copy, Cloud, Roots) = (copy, cloud, roots);

    /// <summary>The simulated cloud's file; of no meaning in a real run.</summary>
    public string Cloud { get; }

    /// <summary>In the order in which they are applied.</summary>
    public IReadOnlyList<PlannedRoot> Roots { get; }

    /// <summary>Checks the documents, and applies every stack where the run is hermetic.</summary>
    /// <exception cref="UsageException">There is no such environment.</exception>
    /// <exception cref="PlatformException">A document violates its schema, or a real run lacks a lock file.</exception>
    /// <exception cref="TerraformException">A stack cannot be applied.</exception>
    public static async Task<OpenEnvironment> OpenAsync(
        Repository repository, PlanRequest request, ISteps steps, Action<string> print, CancellationToken stop)
    {
        var stacks = new Stacks(repository.Root);
        var checks = new DocumentChecks(stacks, steps);
        await checks.OfEnvironmentsAsync();
        checks.Expect(request.Environment, stacks.Environments());
        await checks.OfReleasesAsync([request.Environment!]);
        var instances = stacks.In(request.Environment!);

        if (request.Real)
        {
            LockFile.Expect(repository, instances.Select(instance => instance.Folder));
        }

        var copy = await WorkingCopy.CreateAsync(repository, repository.PathTo("terraform"), withLockFile: request.Real, stop);

        return await InAsync(repository, copy, stacks, instances, request, steps, print, stop);
    }

    /// <summary>The same in a copy that is there already, which is disposed of with the environment. Its documents may differ from the repository's.</summary>
    /// <param name="instances">The environment's stacks, in order, with their folders in the repository.</param>
    /// <exception cref="TerraformException">A stack cannot be applied.</exception>
    public static async Task<OpenEnvironment> InAsync(
        Repository repository,
        WorkingCopy copy,
        Stacks stacks,
        IReadOnlyList<StackInstance> instances,
        PlanRequest request,
        ISteps steps,
        Action<string> print,
        CancellationToken stop)
    {
        var cloud = Path.Combine(copy.Folder, request.Environment!, "cloud.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(cloud)!);
        var options = request.Options(steps, print) with { Cloud = cloud };
        var open = new OpenEnvironment(copy, cloud, [
            .. instances.Select(instance => new PlannedRoot(
                instance.Name, TerraformRoot.In(repository, copy, instance.Folder, request.For(instance, options, copy, stacks)), steps))
        ]);

        try
        {
            foreach (var root in request.Real ? [] : open.Roots)
            {
                await root.ApplyAsync(null, stop);
            }

            return open;
        }
        catch
        {
            await open.DisposeAsync();

            throw;
        }
    }

    /// <summary>Forgets the roots. What is real stays as it is, what is simulated goes with the working copy.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var planned in Roots.Reverse())
        {
            planned.Root.Disown();
            await planned.Root.DisposeAsync();
        }

        copy.Dispose();
    }
}
