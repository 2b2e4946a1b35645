using Causeway.Harness;
using Causeway.Harness.Reports;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Reports;

/// <summary><c>./causeway report</c> as a process, in a small repository.</summary>
public sealed class ReportVerbTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_results_a_page_is_written_and_strict_fails()
    {
        var repository = await SmallRepository.CreateAsync(workbench);

        var loose = await RunAsync(repository);
        var strict = await RunAsync(repository, "--strict", "--output", repository.PathTo("elsewhere"));

        Assert.Equal(0, loose.ExitCode);
        Assert.Contains("not passed: check: not run; ./causeway check", loose.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(repository.PathTo("artifacts", "report", "index.html")));
        Assert.Equal(1, strict.ExitCode);
        Assert.True(File.Exists(repository.PathTo("elsewhere", "index.html")));
    }

    [Fact]
    public async Task A_plan_leaves_its_result_with_the_commit_it_was_made_of()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, (".gitignore", ".causeway/\nartifacts/\n"));
        await SmallRepository.CommitAsync(repository);

        var plan = await CauseAsync(repository, "plan");
        var report = await RunAsync(repository);

        Assert.True(plan.ExitCode is 0, plan.Tail());
        Assert.Contains(
            $"\"revision\": \"{await CheckoutRevision.OfAsync(repository, Stop)}\"",
            await File.ReadAllTextAsync(repository.PathTo("artifacts", "plan", "result.json"), Stop),
            StringComparison.Ordinal);
        Assert.Matches("(?m)^plan +passed, this commit, ", report.Output);

        await SmallRepository.WriteAsync(repository, ("terraform/stacks/aws/workload/main.tf", "resource \"terraform_data\" \"broken\" {"));
        Assert.Equal(1, (await CauseAsync(repository, "plan")).ExitCode);
        Assert.Matches("(?m)^plan +failed, this commit with uncommitted changes, ", (await RunAsync(repository)).Output);
    }

    private Task<CommandResult> RunAsync(Harness.Repository repository, params string[] options) => CauseAsync(repository, ["report", .. options]);

    private Task<CommandResult> CauseAsync(Harness.Repository repository, params string[] arguments) =>
        CommandLine.Of("dotnet", [workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll"), .. arguments])
            .In(repository.Root).With("CAUSEWAY_ROOT", repository.Root).TryRunAsync(Stop);
}
