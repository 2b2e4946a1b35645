using System.Runtime.CompilerServices;
using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Plans;

/// <summary><c>causeway plan</c> on small repositories of a test's own, whose stacks need no provider.</summary>
public sealed class PlanRunTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_stack_of_every_environment_is_planned_and_the_plans_are_kept()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        var printed = await PlanAsync(repository, new());

        Assert.StartsWith("hermetic: ", printed[0], StringComparison.Ordinal);
        Assert.Contains("dev/foundation: 1 to create", printed);
        Assert.Contains("dev/workload-one: 1 to create, 1 output", printed);
        Assert.True(File.Exists(repository.PathTo(".causeway", "plan", "dev", "workload-one.json")));
        Assert.Equal("", (await SmallRepository.GitAsync(repository.Root, "status", "--porcelain")).Trim());
        Assert.Empty(Directory.EnumerateDirectories(WorkingCopy.All(repository)));
    }

    [Fact]
    public async Task Against_a_reference_only_what_this_tree_changes_is_shown()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(
            repository,
            ("terraform/stacks/aws/foundation/main.tf", SmallRepository.Foundation.Replace("10.0", "10.1", StringComparison.Ordinal)),
            ("terraform/envs/dev/releases/two.yaml", "release: {}"),
            ("services/two/workload.yaml", "workload: {}"));
        File.Delete(repository.PathTo("terraform", "envs", "dev", "releases", "one.yaml"));
        await SmallRepository.CommitAsync(repository);

        var printed = await PlanAsync(repository, new() { Environment = "dev", Against = "HEAD~1" });

        Assert.Contains("dev/foundation: 1 to change", printed);
        Assert.Contains("""        input: "10.0.0.0/16" → "10.1.0.0/16" """.TrimEnd(), printed);
        Assert.Contains("dev/workload-two: 1 to create, 1 output", printed);
        Assert.Contains("dev/workload-one: 1 to destroy, 1 output", printed);
    }

    [Fact]
    public async Task A_base_is_applied_once_and_the_next_plan_against_it_shows_the_same()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(
            repository, ("terraform/stacks/aws/foundation/main.tf", SmallRepository.Foundation.Replace("10.0", "10.1", StringComparison.Ordinal)));
        File.Delete(repository.PathTo("terraform", "envs", "dev", "releases", "one.yaml"));
        await SmallRepository.CommitAsync(repository);
        var titles = new Titles();

        async Task<string[]> AgainAsync(string reference)
        {
            titles = new();
            var printed = new List<string>();
            await new PlanRun(repository, new() { Environment = "dev", Against = reference }, titles, printed.Add).RunAsync(Stop);

            return [.. printed];
        }

        var first = await AgainAsync("HEAD~1");
        Assert.Contains("dev/foundation: 1 to change", first);
        Assert.Contains("dev/workload-one: 1 to destroy, 1 output", first);
        Assert.Contains("Apply dev/foundation as it was", titles.All);

        Assert.Equal(first, await AgainAsync("HEAD~1"));
        Assert.DoesNotContain("Apply dev/foundation as it was", titles.All);

        await AgainAsync("HEAD");
        Assert.Contains("Apply dev/foundation as it was", titles.All);
    }

    [Fact]
    public async Task An_environment_that_the_base_does_not_have_is_new_and_that_is_said()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, ("terraform/envs/prod/env.yaml", "env: { name: prod, kind: aws, account: \"1\", region: r }"));
        await SmallRepository.CommitAsync(repository);

        var printed = await PlanAsync(repository, new() { Environment = "prod", Against = "HEAD~1" });

        Assert.Contains(printed, line => line.StartsWith("note: prod does not exist in the merge base", StringComparison.Ordinal));
        Assert.Contains("prod/foundation: 1 to create", printed);
    }

    [Fact]
    public async Task That_limits_are_not_checked_where_a_stack_is_named_is_said()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        PlanRequest request = new() { Environment = "dev", Stack = "foundation" };
        const string Note = "note: the limits of dev are not checked: they are about all of its stacks, so leave foundation out to check them";

        Assert.DoesNotContain(Note, await PlanAsync(repository, request));
        await SmallRepository.WriteAsync(
            repository, ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws, account: \"1\", region: r, limits: { monthly: 1 } }"));
        Assert.Contains(Note, await PlanAsync(repository, request));
        Assert.DoesNotContain(Note, await PlanAsync(repository, request with { Stack = null }));
    }

    [Fact]
    public async Task The_lifecycle_of_every_stack_ends_with_nothing_left()
    {
        var printed = await PlanAsync(await SmallRepository.CreateAsync(workbench), new() { Apply = true, Destroy = true });

        Assert.Contains(printed, line => line.StartsWith("dev/workload-one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_plan_that_is_not_empty_fails_and_says_what_it_would_change()
    {
        var folder = Scratch.Folder(workbench, """resource "terraform_data" "now" { input = timestamp() }""");

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => PlanAsync(workbench.Checkout, new() { Root = folder, Apply = true, Destroy = true }));

        Assert.Contains("second plan is not empty", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("terraform_data.now", refusal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_configuration_is_planned_where_it_stands_with_its_variables()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", "variable \"a\" { type = list(string) }\nmodule \"up\" {\n  source = \"./inner\"\n  a = var.a\n}"),
            ("inner/main.tf", "variable \"a\" {}\nresource \"terraform_data\" \"a\" {\n  for_each = toset(var.a)\n}")]);
        var markdown = Path.Combine(folder, "plan.md");

        var request = new PlanRequest { Root = folder, Apply = true, Destroy = true, Markdown = markdown };
        var printed = await PlanAsync(workbench.Checkout, request with { Variables = new Dictionary<string, object?> { ["a"] = """["x","y"]""" } });

        Assert.Contains(printed, line => line.EndsWith(": 2 to create", StringComparison.Ordinal));
        Assert.Contains("""module.up.terraform_data.a["x"]""", await File.ReadAllTextAsync(markdown, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_does_not_fit_stops_everything_before_a_plan()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, ("schemas/environment.schema.json", """{ "type": "object", "required": ["env", "other"] }"""));

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => PlanAsync(repository, new()));

        Assert.Equal("terraform/envs/dev/env.yaml: other is missing", refusal.Log);
    }

    [Fact]
    public async Task An_environment_or_stack_that_is_not_there_names_those_that_are()
    {
        var repository = await SmallRepository.CreateAsync(workbench);

        Assert.Contains(
            "dev", (await Assert.ThrowsAsync<UsageException>(() => PlanAsync(repository, new() { Environment = "devv" }))).Remedy, StringComparison.Ordinal);
        Assert.Contains(
            "foundation, workload",
            (await Assert.ThrowsAsync<UsageException>(() => PlanAsync(repository, new() { Stack = "network" }))).Remedy,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_only_the_base_has_is_shown_as_destroyed()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, ("terraform/envs/prod/env.yaml", "env: { name: prod, kind: aws, account: \"1\", region: r }"));
        await SmallRepository.CommitAsync(repository);
        Directory.Delete(repository.PathTo("terraform", "envs", "prod"), recursive: true);
        await SmallRepository.CommitAsync(repository);

        var every = await PlanAsync(repository, new() { Against = "HEAD~1" });
        var named = await PlanAsync(repository, new() { Environment = "prod", Stack = "foundation", Against = "HEAD~1" });

        Assert.Contains("dev/foundation: no changes", every);
        Assert.All([every, named], printed => Assert.Contains("prod/foundation: 1 to destroy", printed));
        Assert.All(
            [every, named], printed => Assert.Contains(printed, line => line.StartsWith("note: prod is not in this tree any more", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stack_that_only_the_base_has_can_be_named_and_is_shown_as_destroyed()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        Directory.Delete(repository.PathTo("terraform", "stacks", "aws", "workload"), recursive: true);
        await SmallRepository.CommitAsync(repository);

        var printed = await PlanAsync(repository, new() { Environment = "dev", Stack = "workload", Against = "HEAD~1" });

        Assert.Contains("dev/workload-one: 1 to destroy, 1 output", printed);
    }

    [Theory]
    [InlineData("terraform/stacks/aws/foundation/main.tf", "resource \"terraform_data\" \"a\" { input = var.nothing }")]
    [InlineData("terraform/envs/dev/env.yaml", "env: {")]
    public async Task A_merge_base_that_does_not_plan_by_itself_is_told_apart_from_this_tree(string file, string broken)
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        var correct = await File.ReadAllTextAsync(repository.PathTo(file), Stop);
        await SmallRepository.WriteAsync(repository, (file, broken));
        await SmallRepository.CommitAsync(repository);
        var commit = (await SmallRepository.GitAsync(repository.Root, "rev-parse", "HEAD")).Trim();
        await SmallRepository.WriteAsync(repository, (file, correct));
        await SmallRepository.CommitAsync(repository);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => PlanAsync(repository, new() { Against = "HEAD~1" }));

        Assert.Contains($"The merge base {commit[..12]} does not plan by itself", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("without --against", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apply_that_fails_is_reported_and_not_the_destroy_that_would_fail_after_it()
    {
        var folder = Scratch.Folder(workbench, """
            resource "terraform_data" "first" {
              provisioner "local-exec" {
                when    = destroy
                command = "echo cannot go; exit 4"
              }
            }
            resource "terraform_data" "second" {
              depends_on = [terraform_data.first]
              provisioner "local-exec" { command = "echo cannot come; exit 3" }
            }
            """);

        var refusal = await Assert.ThrowsAsync<TerraformException>(
            () => PlanAsync(workbench.Checkout, new() { Root = folder, Apply = true, Destroy = true, AllowPrograms = true }));

        Assert.Contains("cannot come", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("cannot go", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_a_root_reads_is_copied_with_it()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", """
                data "terraform_remote_state" "network" {
                  backend = "local"
                  config  = { path = "${path.module}/network.tfstate" }
                }
                output "id" { value = data.terraform_remote_state.network.outputs.id }
                """),
            ("network.tfstate", """{ "version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "a", "outputs": { "id": { "value": "vpc-1", "type": "string" } }, "resources": [] }"""),
        ]);

        var printed = await PlanAsync(workbench.Checkout, new() { Root = folder });

        Assert.Contains(printed, line => line.Contains("1 output", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_without_a_schema_is_noted_though_the_plan_fails()
    {
        var folder = Scratch.Folder(
            workbench, "terraform {\n  required_providers {\n    toy = { source = \"made/toy\" }\n  }\n}\nresource \"toy_a\" \"a\" {}\n");
        var printed = new List<string>();

        var refusal = await Assert.ThrowsAsync<TerraformException>(
            () => new PlanRun(workbench.Checkout, new() { Root = folder }, new Silent(), printed.Add).RunAsync(Stop));

        var note = Assert.Single(printed, line => line.StartsWith("note: registry.terraform.io/made/toy has no schema here", StringComparison.Ordinal));
        Assert.Contains("hashicorp/aws", note, StringComparison.Ordinal);
        Assert.Contains("build/tools.yaml", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_without_a_value_is_told_with_the_option_that_gives_it_one()
    {
        var folder = Scratch.Folder(workbench, "variable \"db_password\" {}\noutput \"a\" { value = var.db_password }\n");

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => PlanAsync(workbench.Checkout, new() { Root = folder }));

        Assert.Contains("main.tf:1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--var \"db_password=…\"", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_the_configuration_is_named_before_an_apply_and_started_only_where_that_is_allowed()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", "module \"a\" {\n  source = \"./inner\"\n}\n"),
            ("inner/main.tf", "resource \"terraform_data\" \"a\" {\n  provisioner \"local-exec\" {\n    command = \"touch ran\"\n  }\n}\n")]);

        Assert.Contains(await PlanAsync(workbench.Checkout, new() { Root = folder }), line => line.EndsWith(": 1 to create", StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => PlanAsync(workbench.Checkout, new() { Root = folder, Apply = true, Destroy = true }));

        Assert.Contains(
            "inner/main.tf:2 (terraform_data.a): A hermetic run starts no programs\n  local-exec would run on this machine: touch ran",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains("--allow-programs", refusal.Remedy, StringComparison.Ordinal);
        await PlanAsync(workbench.Checkout, new() { Root = folder, Apply = true, Destroy = true, AllowPrograms = true });
    }

    [Fact]
    public async Task Constraints_that_no_version_satisfies_are_told_each_with_its_place()
    {
        var folder = Scratch.Folder(workbench, [
            (
                "versions.tf",
                "terraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \"~> 5.24.0\"\n    }\n  }\n}\n" +
                "module \"a\" {\n  source = \"./inner\"\n}\n"),
            ("inner/main.tf", "terraform {\n  required_providers {\n    aws = { source = \"hashicorp/aws\", version = \">= 6.28\" }\n  }\n}\n")]);

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => PlanAsync(workbench.Checkout, new() { Root = folder }));

        Assert.Contains("versions.tf:5: registry.terraform.io/hashicorp/aws has to be ~> 5.24.0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("inner/main.tf:3: registry.terraform.io/hashicorp/aws has to be >= 6.28", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("No version of registry.terraform.io/hashicorp/aws satisfies all of these.", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main.tf")]
    [InlineData("inner/more.tf")]
    public async Task A_link_that_leads_nowhere_is_named_with_where_it_leads(string link)
    {
        var folder = Scratch.Folder(workbench, [("calls.tf", "module \"a\" {\n  source = \"./inner\"\n}\n"), ("inner/main.tf", "")]);
        File.CreateSymbolicLink(Path.Combine(folder, link), "../nowhere.tf");

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => PlanAsync(workbench.Checkout, new() { Root = folder }));

        Assert.Equal(
            $"{Path.Combine(folder, link)} is a symbolic link to ../nowhere.tf, which cannot be read. Correct the link or remove it.", refusal.Message);
    }

    [Fact]
    public async Task A_misspelt_kind_stops_the_plan_of_every_other_environment_too()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(
            repository,
            ("schemas/environment.schema.json", await File.ReadAllTextAsync(workbench.Checkout.PathTo("schemas", "environment.schema.json"), Stop)),
            ("terraform/envs/dev/env.yaml", await File.ReadAllTextAsync(workbench.Checkout.PathTo("terraform", "envs", "dev", "env.yaml"), Stop)),
            ("terraform/envs/prod/env.yaml", "env: { name: prod, kind: asw }"));

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => PlanAsync(repository, new() { Environment = "dev" }));

        Assert.Contains("terraform/envs/prod/env.yaml: env.kind should be one of", refusal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_environment_at_all_the_list_says_none()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: local }"));

        Assert.Contains(
            "Environments with stacks: none.", (await Assert.ThrowsAsync<UsageException>(() => PlanAsync(repository, new()))).Remedy, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(Harness.Repository repository, PlanRequest request)
    {
        var printed = new List<string>();
        await new PlanRun(repository, request, new Silent(), printed.Add).RunAsync(Stop);

        return printed;
    }
}
