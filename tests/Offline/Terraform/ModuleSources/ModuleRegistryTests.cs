using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.ModuleSources;

/// <summary>Modules of the registry come from folders, without a network.</summary>
public sealed class ModuleRegistryTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("~> 5.1", "5.1.0")]
    [InlineData(">= 4.0, != 4.0.0", "4.0.1")]
    [InlineData("> 2.3.4", "2.3.5")]
    [InlineData("< 2.0", "0.0.1")]
    [InlineData("1.0.0-beta1", "1.0.0-beta1")]
    [InlineData(">= 3.0, < 3.0", null)]
    public void The_version_offered_is_the_lowest_one_accepted(string constraint, string? version) =>
        Assert.Equal(version, new VersionConstraint(constraint).Lowest());

    [Theory]
    [InlineData("~> 6.0", "6.66.0", true)]
    [InlineData("~> 6.0", "7.0.0", false)]
    [InlineData("~> 6.1.0", "6.2.0", false)]
    [InlineData("~> 6", "7.0.0", true)]
    [InlineData(">= 5.79, < 7", "6.66.0", true)]
    [InlineData("= 6.66.0", "6.66.0", true)]
    public void Constraints_are_read_as_Terraform_reads_them(string constraint, string version, bool accepted) =>
        Assert.Equal(accepted, new VersionConstraint(constraint).Accepts(version));

    [Fact]
    public async Task A_module_of_the_registry_is_taken_from_a_named_folder_or_from_beside_the_root()
    {
        var folder = Scratch.Folder(workbench, [
            ("here/main.tf", """
                module "named" {
                  source  = "example/thing/aws//modules/inner"
                  version = "~> 3.1"
                }

                module "beside" {
                  source  = "terraform-aws-modules/other/aws"
                  version = "2.0.0"
                }

                output "both" { value = "${module.named.value} ${module.beside.value}" }
                """),
            ("modules/example/thing/aws/modules/inner/main.tf", "module \"up\" {\n  source = \"../..\"\n}\noutput \"value\" { value = module.up.value }"),
            ("modules/example/thing/aws/main.tf", "output \"value\" { value = \"named\" }"),
            ("terraform-aws-other/main.tf", "output \"value\" { value = \"beside\" }")]);
        await using var root = await TerraformRoot.CopyAsync(Path.Combine(folder, "here"), new() { Modules = [Path.Combine(folder, "modules")] }, Stop);

        Assert.Equal("named beside", (string?)Assert.Single((await root.PlanAsync(Stop)).Outputs).After);
    }

    [Fact]
    public async Task A_module_that_is_nowhere_is_named_with_file_line_and_the_way_out()
    {
        await using var root = await Scratch.CopyAsync(workbench, "\nmodule \"vpc\" {\n  source  = \"example/missing/aws\"\n  version = \"1.0.0\"\n}\n");

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => root.InitAsync(Stop));

        Assert.Equal(("main.tf", 2, "module.vpc"), (refusal.Diagnostics[0].File, refusal.Diagnostics[0].Line, refusal.Diagnostics[0].Address));
        Assert.Contains("example/missing/aws", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--modules", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git::https://example.com/team/parts.git?ref=v1.2.0")]
    [InlineData("git::ssh://git@example.com/team/parts.git//modules/inner?depth=1&ref=v1.2.0")]
    [InlineData("git@github.com:team/parts.git//modules/inner")]
    [InlineData("github.com/team/parts//modules/inner?ref=v1")]
    [InlineData("github.com/team/parts")]
    [InlineData("app.terraform.io/team/parts/aws//modules/inner")]
    public async Task A_module_of_git_or_of_any_registry_is_taken_from_a_folder_of_its_name(string source)
    {
        const string Value = "output \"value\" { value = \"here\" }";
        var folder = Scratch.Folder(workbench, [
            ("root/main.tf", $$"""
                module "one" {
                  source = "{{source}}"
                }

                module "two" {
                  source = "{{source}}"
                }

                output "both" { value = "${module.one.value} ${module.two.value}" }
                """),
            ("modules/parts/main.tf", Value),
            ("modules/parts/modules/inner/main.tf", "module \"up\" {\n  source = \"../..\"\n}\noutput \"value\" { value = module.up.value }"),
            ("modules/terraform-aws-parts/modules/inner/main.tf", Value)]);
        await using var root = await TerraformRoot.CopyAsync(Path.Combine(folder, "root"), new() { Modules = [Path.Combine(folder, "modules")] }, Stop);

        Assert.Equal("here here", (string?)Assert.Single((await root.PlanAsync(Stop)).Outputs).After);
        Assert.Equal(
            ["main.tf", "modules"],
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "modules", "parts")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("git::https://example.com/team/nowhere.git?ref=v1")]
    [InlineData("github.com/team/nowhere")]
    [InlineData("app.terraform.io/team/nowhere/aws")]
    [InlineData("https://example.com/nowhere.zip")]
    [InlineData("bitbucket.org/team/nowhere")]
    [InlineData("s3::https://s3.amazonaws.com/bucket/nowhere.zip")]
    public async Task No_source_makes_Terraform_ask_the_network(string source)
    {
        await using var root = await Scratch.CopyAsync(workbench, $"\nmodule \"far\" {{\n  source = \"{source}\"\n}}\n");

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => root.InitAsync(Stop));

        Assert.Equal(
            ("Module not found", "main.tf", 2, "module.far"),
            (refusal.Diagnostics[0].Summary, refusal.Diagnostics[0].File, refusal.Diagnostics[0].Line, refusal.Diagnostics[0].Address));
        Assert.Contains(source, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--modules", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_of_git_brings_its_own_modules_along()
    {
        var folder = Scratch.Folder(workbench, [
            ("root/main.tf", "module \"outer\" {\n  source = \"github.com/team/outer\"\n}\noutput \"value\" { value = module.outer.value }"),
            ("modules/outer/main.tf", "module \"inner\" {\n  source = \"git::https://example.com/inner\"\n}\noutput \"value\" { value = module.inner.value }"),
            ("modules/inner/main.tf", "output \"value\" { value = \"inner\" }")]);
        await using var root = await TerraformRoot.CopyAsync(Path.Combine(folder, "root"), new() { Modules = [Path.Combine(folder, "modules")] }, Stop);

        Assert.Equal("inner", (string?)Assert.Single((await root.PlanAsync(Stop)).Outputs).After);
    }
}
