using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Plans;

/// <summary><c>causeway plan --root</c>: one configuration that is not a stack of this repository.</summary>
internal sealed class ForeignRootPlan(Repository repository, PlanRequest request, ISteps steps, PlanReport report)
{
    /// <exception cref="PlatformException">The state of a real run would be lost, or the lifecycle did not end as it should.</exception>
    public async Task RunAsync(string folder, CancellationToken stop)
    {
        await using var root = await TerraformRoot.CopyAsync(folder, request.Options(steps, report.Print) with { Variables = request.Variables }, stop);
        var name = RootName.Of(repository, folder);

        if (request is { Real: true, Apply: true, Destroy: false } && !root.HasBackend)
        {
            throw new PlatformException(
                $"{folder} has no backend: its state would be lost with the working copy.", "Give the configuration a backend, or add --destroy.");
        }

        try
        {
            await RunAsync(new PlannedRoot(name.Text, root, steps), report.FileOf(name.File), stop);
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

    private async Task RunAsync(PlannedRoot planned, string file, CancellationToken stop)
    {
        var (plan, digest) = await report.PlanAsync(planned, file, request.Scope, stop);
        report.Show(digest, file);
        report.Estimate(plan);

        if (request.Apply)
        {
            await planned.ApplyAsync(plan, stop);
            await planned.ExpectNoChangeAsync(stop);
        }

        if (request.Destroy)
        {
            await planned.DestroyAsync(stop, request.ScopeOfDestroy);

            if (!request.Real)
            {
                CloudFile.ExpectEmpty(planned.Root.Cloud);
            }
        }
    }
}
