using Causeway.Harness.Terraform.Digests;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// What <c>causeway plan</c> does: every stack of an environment, or one configuration from elsewhere, planned in the order in which it is applied.
/// Without <see cref="PlanRequest.Real"/> nothing leaves the machine, and all that is applied is gone at the end with the simulated cloud.
/// </summary>
/// <param name="print">Receives the digest, line by line.</param>
public sealed class PlanRun(Repository repository, PlanRequest request, ISteps steps, Action<string> print)
{
    private readonly PlanReport report = new(repository, print);

    /// <summary>What was planned, in order.</summary>
    public IReadOnlyList<Digest> Digests => report.Digests;

    private string Mode => request.Real
        ? "real: the registry's provider, the state in the environment's backend and your credentials"
        : request.Root is null
            ? "hermetic: simulated cloud, no credential, no network, no download"
            : "hermetic: simulated cloud, no credential, no network; only npm packages of provider schemas are fetched, once, " +
                "where the committed ones lack something";

    /// <exception cref="UsageException">The request cannot be met.</exception>
    /// <exception cref="PlatformException">Something the user can fix.</exception>
    /// <exception cref="TerraformException">Terraform refused; every error with file and line.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        request.Checked();
        print(Mode);

        if (request.Root is { } root)
        {
            await new ForeignRootPlan(repository, request, steps, report).RunAsync(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), stop);
        }
        else
        {
            await new EnvironmentsPlan(repository, request, steps, report).RunAsync(stop);
        }

        if (request.Markdown is { } file)
        {
            await report.WriteMarkdownAsync(file, $"Terraform plan{(request.Against is null ? "" : $" against {request.Against}")}", Mode, stop);
        }

        report.ExpectNoViolation();
    }
}
