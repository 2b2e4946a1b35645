using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Digests;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// What <c>causeway drift</c> does: asks the cloud what became of all that an environment's states remember, and shows what is different. It changes nothing,
/// neither in the cloud nor in a state.
/// </summary>
/// <param name="print">Receives what differs, line by line.</param>
/// <param name="seeds">Changes of a simulated cloud behind Terraform's back; none in a real run.</param>
public sealed class DriftRun(Repository repository, PlanRequest request, ISteps steps, Action<string> print, IReadOnlyList<SeededDrift> seeds)
{
    /// <exception cref="UsageException">There is no such environment, or a seed names no resource of it.</exception>
    /// <exception cref="PlatformException">Something differs.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        print(request.Real
            ? "real: the account against the environment's states"
            : "hermetic: the environment is made in a simulated cloud, where only --seed <file> changes anything; --real looks at the account");
        await using var environment = await OpenEnvironment.OpenAsync(repository, request, steps, print, stop);
        await SeedAsync(environment, stop);
        var scope = new PlanScope { RefreshOnly = true, Lock = !request.Real };
        var (differ, looked) = (0, 0);

        foreach (var root in environment.Roots)
        {
            var (plan, _) = await root.PlanAsync("Look for drift in", null, stop, scope);
            differ += plan.Drift.Count;
            looked += (await root.Root.ManagedAsync(stop)).Count;
            Lines(root.Name, plan).ToList().ForEach(print);
        }

        print($"drift in {request.Environment}: {looked} resources looked at, {differ} differ");

        if (looked is 0)
        {
            throw new PlatformException($"The states of {request.Environment} are empty: there was nothing to look at.", "Apply the environment first.");
        }

        if (differ > 0)
        {
            throw new PlatformException(
                $"{Digest.Differing(differ)} from what Terraform made.",
                "Apply the configuration to put them back, or write the change into it. What is gone is made again by an apply.");
        }
    }

    private async Task SeedAsync(OpenEnvironment environment, CancellationToken stop)
    {
        foreach (var seed in seeds)
        {
            StateResource? found = null;

            foreach (var root in environment.Roots)
            {
                found ??= (await root.Root.StateAsync(stop)).Managed.FirstOrDefault(resource => $"{root.Name}:{resource.Address}" == seed.Resource);
            }

            if (found is null)
            {
                throw new UsageException(
                    $"--seed: there is no {seed.Resource} in {request.Environment}.",
                    "Write a resource as <stack's plan>:<address>: dev/foundation:aws_vpc.this.");
            }

            CloudFile.Change(environment.Cloud, found.Type, (string?)found.Values["id"] ?? "", seed.Set);
        }
    }

    private static IEnumerable<string> Lines(string name, Plan plan)
    {
        yield return $"{name}: {Digest.Differing(plan.Drift.Count)}";

        foreach (var drift in plan.Drift.OrderBy(drift => drift.Kind is not ChangeKind.Delete).ThenBy(drift => drift.Address, StringComparer.Ordinal))
        {
            yield return drift.Kind is ChangeKind.Delete ? $"    - {drift.Address} was deleted" : $"    ~ {drift.Address}";

            foreach (var difference in drift.Kind is ChangeKind.Delete ? [] : Digest.Between(drift))
            {
                yield return $"        {difference}";
            }
        }
    }
}
