using Causeway.Harness.Terraform.Copies;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// <c>causeway plan</c> of this repository's environments: checks their documents, chooses those that are asked for, and plans one after the other.
/// </summary>
internal sealed class EnvironmentsPlan(Repository repository, PlanRequest request, ISteps steps, PlanReport report)
{
    private readonly Stacks stacks = new(repository.Root);
    private readonly DocumentChecks checks = new(new(repository.Root), steps);

    /// <exception cref="UsageException">There is no such environment or stack.</exception>
    /// <exception cref="PlatformException">A document violates its schema, or the merge base cannot be had or does not plan by itself.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await checks.OfEnvironmentsAsync();
        using var before = request.Against is null ? null : await MergeBasePlan.ExtractAsync(repository, request, steps, report, stop);
        string[] here = [.. stacks.Environments()];

        // What the base alone has is the loss that a reviewer has to see first.
        string[] all = [.. here.Union(before?.Environments() ?? []).Order(StringComparer.Ordinal)];
        string[] names = [.. stacks.Names().Union(before?.StackNames() ?? []).Order(StringComparer.Ordinal)];
        string[] chosen = request.Environment is { } one ? [one] : all;

        checks.Expect(request.Environment, all);

        if (request.Stack is { } stack && !names.Contains(stack))
        {
            throw new UsageException($"There is no stack {stack}.", $"Stacks: {DocumentChecks.OrNone(names)}.");
        }

        string[] checkedNow = [.. chosen.Intersect(here)];
        await checks.OfReleasesAsync(checkedNow);

        if (request.Real)
        {
            LockFile.Expect(
                repository,
                checkedNow.SelectMany(stacks.In).Where(instance => request.Concerns(stacks, instance)).Select(instance => instance.Folder));
        }

        using var copy = await WorkingCopy.CreateAsync(repository, repository.PathTo("terraform"), withLockFile: request.Real, stop);

        foreach (var environment in chosen)
        {
            await new EnvironmentPlan(repository, request, steps, report, stacks, copy, before)
                .RunAsync(environment, here.Contains(environment) ? stacks.In(environment) : [], stop);
        }
    }
}
