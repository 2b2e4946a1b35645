using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>What holds of every module: its own Terraform tests pass, and its README shows what its examples do. (Stacks: StackTests.)</summary>
public sealed class ModuleTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tested() => [.. RepositoryModules.All(Harness.Repository.Find())];

    [Theory, MemberData(nameof(Tested))]
    public async Task Its_Terraform_tests_pass(string folder)
    {
        await using var root = await TerraformRoot.CopyAsync(folder, Stop);

        var runs = await root.TestAsync(Stop);

        var gate = new Gate($"Terraform tests of {folder}", runs.Select(run => $"{run.File}: {run.Name}"));
        runs.ToList()
            .ForEach(run => gate.Record($"{run.File}: {run.Name}", run.Status is "pass" ? null : $"{run.Status}: {string.Join('\n', run.Diagnostics)}"));
        gate.Close();
    }

    [Fact, Trait("gate", "repository")]
    public async Task A_module_has_the_files_a_reader_looks_for_and_its_README_shows_its_smallest_example()
    {
        var modules = RepositoryModules.All(workbench.Checkout);
        var gate = new Gate("modules", modules);

        foreach (var module in modules)
        {
            gate.Record(module, await MissingAsync(module));
        }

        gate.Close();
    }

    private async Task<string?> MissingAsync(string module)
    {
        string[] wanted = ["README.md", "variables.tf", "outputs.tf", "versions.tf", "examples/minimal/main.tf", "examples/complete/main.tf", "tests/unit"];

        if (wanted.FirstOrDefault(path => !Path.Exists(workbench.Checkout.PathTo(module, path))) is { } missing)
        {
            return $"{missing} is missing";
        }

        var readme = await File.ReadAllTextAsync(workbench.Checkout.PathTo(module, "README.md"), Stop);
        var example = await File.ReadAllTextAsync(workbench.Checkout.PathTo(module, "examples", "minimal", "main.tf"), Stop);

        return !readme.Contains($"```hcl\n{example.TrimEnd()}\n```", StringComparison.Ordinal) ? "the README does not show examples/minimal/main.tf as it is"
            : ModuleReference.Insert(readme, workbench.Checkout.PathTo(module)) is not { } whole
                ? $"the README lacks the lines {ModuleReference.Begin} and {ModuleReference.End}, between which `./causeway generate` writes the reference"
            : whole != readme ? "the README's reference is not that of the files: run `./causeway generate`"
            : null;
    }
}
