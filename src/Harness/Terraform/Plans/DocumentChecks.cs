namespace Causeway.Harness.Terraform.Plans;

/// <summary>The documents of environments, held against their schemas before anything runs.</summary>
internal sealed class DocumentChecks(Stacks stacks, ISteps steps)
{
    /// <summary>Every <c>env.yaml</c>, and files that are not read.</summary>
    /// <exception cref="PlatformException">A document violates its schema.</exception>
    public Task OfEnvironmentsAsync() => CheckAsync("Check environments", stacks.Violations, () => $"{OrNone(stacks.Environments())} of {Kinds}");

    /// <summary>The releases of some environments, and the contracts of their workloads.</summary>
    /// <inheritdoc cref="OfEnvironmentsAsync" path="/exception"/>
    public Task OfReleasesAsync(IReadOnlyCollection<string> environments) => CheckAsync(
        "Check releases",
        () => [.. environments.SelectMany(stacks.ViolationsOfReleases).Distinct()],
        () => $"{OrNone(environments)}: all fit their schemas");

    /// <summary>An environment that was asked for.</summary>
    /// <param name="all">Those there are.</param>
    /// <exception cref="UsageException">It is not among them.</exception>
    public void Expect(string? environment, IReadOnlyCollection<string> all)
    {
        if (environment is null ? all.Count is 0 : !all.Contains(environment))
        {
            throw new UsageException(
                $"There is no environment {(environment is null ? "" : $"{environment} ")}with stacks, which are those of {Kinds}.",
                $"Environments with stacks: {OrNone(all)}. A new one is a folder terraform/envs/<name>.");
        }
    }

    /// <summary>Names for a reader.</summary>
    public static string OrNone(IReadOnlyCollection<string> names) => names is { Count: 0 } ? "none" : string.Join(", ", names);

    private string Kinds => stacks.Kinds() is { Count: > 0 } kinds ? $"kind {string.Join(" or ", kinds)}" : "no kind, since terraform/stacks is empty";

    private Task CheckAsync(string title, Func<IReadOnlyList<string>> check, Func<string> said) => steps.RunAsync(title, _ => check() switch
    {
        [] => Task.FromResult(said()),
        var violations => throw new PlatformException(
            $"{violations.Count} {(violations.Count == 1 ? "place violates" : "places violate")} the documents' schemas.",
            "Correct what is named above; schemas/ describes each field.",
            string.Join('\n', violations)),
    });
}
