using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Digests;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// What <c>causeway destroy</c> does: plans the end of every stack of an environment, the last one first, shows it, what is protected before all
/// else, and only then destroys. Nothing is destroyed where anything is protected.
/// </summary>
/// <param name="print">Receives what will be destroyed, line by line.</param>
/// <param name="confirm">Asks for the name of the environment; gets the question. Null: nothing is at stake, so nothing is asked.</param>
public sealed class DestroyRun(Repository repository, PlanRequest request, ISteps steps, Action<string> print, Func<string, string?>? confirm = null)
{
    /// <exception cref="UsageException">There is no such environment, or another name was given to confirm.</exception>
    /// <exception cref="PlatformException">Something is protected, or is left at the end.</exception>
    /// <exception cref="TerraformException">Terraform refused; what was destroyed until then is, and the command can be repeated.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        print(request.Real
            ? "real: what the account has of this environment"
            : "hermetic: the environment is made in a simulated cloud and destroyed there; --real destroys what the account has");
        var report = new PlanReport(repository, print);
        await using var environment = await OpenEnvironment.OpenAsync(repository, request, steps, print, stop);
        var ends = new List<(PlannedRoot Root, Plan Plan, Digest Digest)>();

        foreach (var root in environment.Roots.Reverse())
        {
            var (plan, digest) = await root.PlanAsync("Plan the end of", report.FileOf($"{root.Name}.destroy"), stop, new PlanScope { Destroy = true });

            // The end of a state that lies in what is destroyed could not be written down.
            if (request.Real && root.Root.LosesItsState(plan))
            {
                print($"{root.Name} stays: the states lie in a bucket of it. docs/real-account.md, “Afterwards”, says how an account ends.");
                continue;
            }

            ends.Add((root, plan, digest));
        }

        string[] guarded = [.. ends.SelectMany(end => Protection.Switches(end.Plan).Select(line => $"{end.Root.Name}: {line}"))];
        string[] full = [.. ends.SelectMany(end => Protection.KeepsContent(end.Plan).Select(line => $"{end.Root.Name}: {line}"))];

        if (guarded is not [])
        {
            print("protected, so nothing is destroyed:");
            Array.ForEach([.. guarded, ""], line => print($"    {line}".TrimEnd()));
        }

        foreach (var end in ends)
        {
            end.Digest.Lines().Append("").ToList().ForEach(print);
        }

        if (guarded is not [])
        {
            throw new PlatformException(
                $"{guarded.Length} {(guarded.Length is 1 ? "resource is" : "resources are")} protected, so nothing is destroyed.",
                $"To give them up, write `protected: false` in terraform/envs/{request.Environment}/env.yaml, apply that, and destroy then.",
                string.Join('\n', guarded));
        }

        if (full is not [])
        {
            print("these are destroyed only if they are empty by then:");
            Array.ForEach(full, line => print($"    {line}"));
        }

        if (confirm is not null)
        {
            Confirm(request.Environment!, ends.Sum(end => end.Plan.Changes.Count(change => change.Kind is ChangeKind.Delete)), confirm);
        }

        foreach (var (root, plan, _) in ends)
        {
            await root.EndAsync(plan, stop);
        }

        if (!request.Real)
        {
            CloudFile.ExpectEmpty(environment.Cloud);
        }
    }

    /// <summary>Lets nothing be destroyed by someone who means another environment.</summary>
    /// <param name="count">How many resources would be.</param>
    /// <param name="confirm">Gets the question, returns the answer; null where there is none.</param>
    /// <exception cref="UsageException">The answer is not the environment's name.</exception>
    public static void Confirm(string environment, int count, Func<string, string?> confirm)
    {
        if (count > 0 && confirm($"{count} resources of {environment} will be gone for good. Write the environment's name to go on: ") != environment)
        {
            throw new UsageException(
                "That is not the name of the environment: nothing is destroyed.", $"Run it again and write {environment}, or pass --confirm {environment}.");
        }
    }
}
