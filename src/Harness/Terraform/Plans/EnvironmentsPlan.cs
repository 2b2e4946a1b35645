using Causeway.Harness.Terraform.Copies;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// <c>causeway plan</c> of this repository's environments: checks their documents, chooses those that are asked for, and plans one after the other.
/// </summary>
internal sealed class EnvironmentsPlan(Repository repository, PlanRequest request, ISteps steps, PlanReport report)
{
    private readonly Stacks stacks = new(repository.Root);

    /// <exception cref="UsageException">There is no such environment or stack.</exception>
    /// <exception cref="PlatformException">A document violates its schema, or the merge base cannot be had or does not plan by itself.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await CheckAsync("Check environments", stacks.Violations, () => $"{OrNone(stacks.Environments())} of {Kinds}");
        using var before = request.Against is null ? null : await MergeBasePlan.ExtractAsync(repository, request, steps, report, stop);
        string[] here = [.. stacks.Environments()];

        // What the base alone has is the loss that a reviewer has to see first.
        string[] all = [.. here.Union(before?.Environments() ?? []).Order(StringComparer.Ordinal)];
        string[] names = [.. stacks.Names().Union(before?.StackNames() ?? []).Order(StringComparer.Ordinal)];
        string[] chosen = request.Environment is { } one ? [one] : all;

        if (chosen is [] || chosen.Except(all).Any())
        {
            throw new UsageException(
                $"There is no environment {(request.Environment is { } name ? $"{name} " : "")}with stacks, which are those of {Kinds}.",
                $"Environments with stacks: {OrNone(all)}. A new one is a folder terraform/envs/<name>.");
        }

        if (request.Stack is { } stack && !names.Contains(stack))
        {
            throw new UsageException($"There is no stack {stack}.", $"Stacks: {OrNone(names)}.");
        }

        string[] checkedNow = [.. chosen.Intersect(here)];
        await CheckAsync(
            "Check releases", () => [.. checkedNow.SelectMany(stacks.ViolationsOfReleases).Distinct()], () => $"{OrNone(checkedNow)}: all fit their schemas");
        using var copy = await WorkingCopy.CreateAsync(repository, repository.PathTo("terraform"), withLockFile: request.Real, stop);

        foreach (var environment in chosen)
        {
            await new EnvironmentPlan(repository, request, steps, report, stacks, copy, before)
                .RunAsync(environment, here.Contains(environment) ? stacks.In(environment) : [], stop);
        }
    }

    private string Kinds => stacks.Kinds() is { Count: > 0 } kinds ? $"kind {string.Join(" or ", kinds)}" : "no kind, since terraform/stacks is empty";

    private Task CheckAsync(string title, Func<IReadOnlyList<string>> check, Func<string> said) => steps.RunAsync(title, _ => check() switch
    {
        [] => Task.FromResult(said()),
        var violations => throw new PlatformException(
            $"{violations.Count} {(violations.Count == 1 ? "place violates" : "places violate")} the documents' schemas.",
            "Correct what is named above; schemas/ describes each field.",
            string.Join('\n', violations)),
    });

    private static string OrNone(IReadOnlyCollection<string> names) => names is { Count: 0 } ? "none" : string.Join(", ", names);
}
