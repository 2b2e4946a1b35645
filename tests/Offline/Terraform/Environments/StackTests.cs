using System.Text.RegularExpressions;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform.Modules;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>Every stack's Terraform tests, which lie in <c>tests/Fixtures/stacks</c> since they are about its environment and workload.</summary>
public sealed class StackTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> OfWorkloads() => [.. All().Where(IsOfWorkloads)];

    public static TheoryData<string> OfEnvironments() => [.. All().Where(stack => !IsOfWorkloads(stack))];

    [Theory, MemberData(nameof(OfWorkloads)), Trait("gate", "repository")]
    public Task The_Terraform_tests_of_a_workloads_stack_pass(string stack) => TestAsync(stack);

    // Kinds and workloads do not reach these; an environment that is added is planned and applied by WorkloadAccessTests.
    [Theory, MemberData(nameof(OfEnvironments))]
    public Task The_Terraform_tests_of_an_environments_stack_pass(string stack) => TestAsync(stack);

    private static IReadOnlyList<string> All() => RepositoryModules.Stacks(Harness.Repository.Find());

    private static bool IsOfWorkloads(string stack) => TerraformModule.RequiredVariables(Harness.Repository.Find().PathTo(stack)).Contains("workload");

    private async Task TestAsync(string stack)
    {
        var tree = StackTree.Create(workbench);
        tree.Write("terraform/envs/misnamed/env.yaml", tree.Read($"terraform/envs/{StackTree.Environment}/env.yaml"));
        tree.Write("terraform/envs/unpaid/env.yaml", tree.Read("terraform/envs/shore/env.yaml").Replace("name: shore", "name: unpaid\n  freeTier: true"));
        tree.Write("terraform/envs/cut-off/env.yaml", Regex.Replace(
            tree.Read("terraform/envs/shore/env.yaml").Replace("name: shore", "name: cut-off"), "(?m)^ +interfaces: .*\n", ""));
        tree.Write("terraform/envs/mismatched/env.yaml", tree.Read("terraform/envs/shore/env.yaml")
            .Replace("name: shore", "name: mismatched").Replace("architecture: arm64", "architecture: x86_64"));
        using var copy = await tree.CopyAsync(Stop);
        await using var root = tree.RootIn(copy, tree.PathTo(stack), new());

        var runs = await root.TestAsync(Stop);

        var gate = new Gate($"Terraform tests of {stack} (tests/Fixtures/stacks/{stack}/tests/unit)", runs.Select(run => $"{run.File}: {run.Name}"));
        runs.ToList()
            .ForEach(run => gate.Record($"{run.File}: {run.Name}", run.Status is "pass" ? null : $"{run.Status}: {string.Join('\n', run.Diagnostics)}"));
        gate.Close();
    }
}
