using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Running;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Harness.Local.Ecs;

/// <summary>
/// Terraform's plan of every released workload on ECS. The environment is made in a simulated cloud and the workload's stack planned again: a plan in which
/// every ARN is known, so that what belongs together is found as ECS finds it.
/// </summary>
public sealed class EcsPlans(Repository repository, ISteps steps)
{
    private readonly EcsDocuments documents = new(repository);

    /// <summary>The plans by workload. Those of the same configuration and images are kept, and made once.</summary>
    /// <param name="images">Digest of every image by name.</param>
    /// <exception cref="PlatformException">A document violates its schema, or no environment runs on ECS.</exception>
    /// <exception cref="TerraformException">Terraform refused; every error with file and line.</exception>
    public async Task<IReadOnlyDictionary<string, Plan>> OfAsync(IReadOnlyDictionary<string, string> images, CancellationToken stop)
    {
        using var copy = await WorkingCopy.CreateAsync(repository, repository.PathTo("terraform"), withLockFile: false, stop);

        foreach (var (path, text) in documents.All(images))
        {
            await File.WriteAllTextAsync(copy.PathOf(repository.PathTo(path)), text, stop);
        }

        var kept = Path.Combine(repository.Cache, "terraform", "ecs", await KeyAsync(copy, stop));

        if (!Directory.Exists(kept))
        {
            await steps.RunAsync("Plan the services on ECS", async progress =>
            {
                Keep(await MakeAsync(copy, new StepsWithin(progress), stop), kept);

                return $"terraform/envs/{documents.Source}, with what terraform/envs/{Renderer.Environment} says of this machine";
            });
        }

        CacheEviction.Use(kept);

        return repository.Releases(Renderer.Environment).ToDictionary(
            workload => workload,
            workload => Plan.Parse(JsonNode.Parse(File.ReadAllText(Path.Combine(kept, $"{workload}.json")))!.AsObject()));
    }

    private async Task<string> KeyAsync(WorkingCopy copy, CancellationToken stop)
    {
        var terraform = new FileInfo(TerraformProgram.Find());
        var tree = copy.PathOf(repository.Root);
        var schemas = CommittedSchemas.Folder(repository);

        return Fingerprint.Of(
            Fingerprint.OfFiles(tree, Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories)),
            Fingerprint.OfFiles(schemas, Directory.EnumerateFiles(schemas, "*.json")),
            await new ProviderProgram(repository).EnsureAsync(stop),
            $"{terraform.FullName} {terraform.Length} {terraform.LastWriteTimeUtc.Ticks}");
    }

    private async Task<IReadOnlyDictionary<string, Plan>> MakeAsync(WorkingCopy copy, ISteps within, CancellationToken stop)
    {
        var tree = copy.PathOf(repository.Root);
        var stacks = new Stacks(tree);
        var checks = new DocumentChecks(stacks, within);
        await checks.OfEnvironmentsAsync();
        await checks.OfReleasesAsync([Renderer.Environment]);
        var request = new PlanRequest { Environment = Renderer.Environment };
        var all = stacks.In(Renderer.Environment);
        string[] ofWorkloads = [.. all.Where(instance => instance.Workload is not null).Select(instance => instance.Stack).Distinct()];
        StackInstance[] instances =
        [
            .. from instance in all
               where ofWorkloads.Any(stack => (request with { Stack = stack }).Concerns(stacks, instance))
               select instance with { Folder = repository.PathTo(Path.GetRelativePath(tree, instance.Folder)) },
        ];
        await using var environment = await OpenEnvironment.InAsync(repository, copy, stacks, instances, request, within, within.Detail, stop);
        var plans = new Dictionary<string, Plan>();

        foreach (var (instance, root) in instances.Zip(environment.Roots).Where(pair => pair.First.Workload is not null))
        {
            plans[instance.Workload!] = await root.PlanAgainAsync(stop);
        }

        return repository.Releases(Renderer.Environment).FirstOrDefault(workload => !plans.ContainsKey(workload)) is { } missing
            ? throw new PlatformException(
                $"No stack plans the workload {missing}.", "A stack of terraform/stacks that declares the variable `workload` is there for each: restore it.")
            : plans;
    }

    // Interrupted, it keeps none.
    private static void Keep(IReadOnlyDictionary<string, Plan> plans, string folder)
    {
        var unfinished = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);

        foreach (var (workload, plan) in plans)
        {
            File.WriteAllText(Path.Combine(unfinished, $"{workload}.json"), plan.Json.ToJsonString());
        }

        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another `up` kept the same.
            Directory.Delete(unfinished, recursive: true);
        }

        CacheEviction.ForgetOthers(folder);
    }
}
