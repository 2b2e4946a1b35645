using System.Text.Encodings.Web;
using System.Text.Json;
using Causeway.Harness.Local;
using Causeway.Harness.Terraform.Digests;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>One root of a plan run: planned, shown, applied, planned again, destroyed, each step with its time.</summary>
/// <param name="name">What it is called in digests: <c>dev/foundation</c>.</param>
internal sealed class PlannedRoot(string name, TerraformRoot root, ISteps steps)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => name;

    public TerraformRoot Root => root;

    /// <summary>Plans and writes the plan, without secrets, to <paramref name="file"/>.</summary>
    public async Task<(Plan Plan, Digest Digest)> PlanAsync(string title, string? file, CancellationToken stop, PlanScope? scope = null)
    {
        (Plan, Digest)? done = null;

        await steps.RunAsync($"{title} {name}", async progress =>
        {
            progress("init");
            await root.InitAsync(stop);
            progress("plan");
            var plan = await root.PlanAsync(stop, scope);
            var digest = new Digest(name, plan);
            done = (plan, digest);

            if (file is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, Redaction.Of(plan.Json).ToJsonString(Layout) + "\n", stop);
            }

            return scope is { RefreshOnly: true } ? Digest.Differing(plan.Drift.Count) : Digest.Counts(digest.Entries);
        });

        return done!.Value;
    }

    public Task ApplyAsync(Plan? plan, CancellationToken stop) => steps.RunAsync($"Apply {name}", async _ =>
    {
        await root.ApplyAsync(stop, plan);

        return $"{(await root.ManagedAsync(stop)).Count} resources";
    });

    /// <summary>Moves the state to the backend that the apply has made.</summary>
    public Task MoveStateAsync(CancellationToken stop) => steps.RunAsync($"Move the state of {name}", async _ =>
    {
        await root.MoveStateAsync(stop);

        return "it lies in its backend";
    });

    /// <summary>Plans once more.</summary>
    /// <exception cref="PlatformException">A second plan would change something.</exception>
    public async Task ExpectNoChangeAsync(CancellationToken stop) => await SecondAsync(root.PlanIfChangedAsync, stop);

    /// <returns>The second plan: nothing is to be done, and all values are known.</returns>
    /// <exception cref="PlatformException">A second plan would change something.</exception>
    public async Task<Plan> PlanAgainAsync(CancellationToken stop) => (await SecondAsync(async _ => await root.PlanAsync(stop), stop))!;

    private async Task<Plan?> SecondAsync(Func<CancellationToken, Task<Plan?>> planAsync, CancellationToken stop)
    {
        Plan? second = null;

        await steps.RunAsync($"Plan {name} again", async _ =>
        {
            second = await planAsync(stop);

            return second is null or { IsEmpty: true }
                ? "no changes"
                : throw new PlatformException(
                    $"{name}: the second plan is not empty: Terraform would change something every time it runs.",
                    "Find the value that differs on each run or that is not stored as it is given: a timestamp, an order, a default that " +
                    "conflicts with the configuration.",
                    second.ToString());
        });

        return second;
    }

    /// <exception cref="PlatformException">Something is left in the state.</exception>
    public Task DestroyAsync(CancellationToken stop, PlanScope? scope = null) => steps.RunAsync($"Destroy {name}", async _ =>
    {
        await root.DestroyAsync(stop, scope);

        return await EmptyAsync(stop);
    });

    /// <summary>Destroys what a plan made before says.</summary>
    /// <inheritdoc cref="DestroyAsync" path="/exception"/>
    public Task EndAsync(Plan plan, CancellationToken stop) => steps.RunAsync($"Destroy {name}", async _ =>
    {
        await root.ApplyAsync(stop, plan);

        return await EmptyAsync(stop);
    });

    private async Task<string> EmptyAsync(CancellationToken stop)
    {
        var left = await root.ManagedAsync(stop);

        return left is []
            ? "nothing is left in the state"
            : throw new PlatformException(
                $"{name}: {left.Count} resources are left in the state after the destroy.", "See why the provider keeps them.", string.Join('\n', left));
    }
}
