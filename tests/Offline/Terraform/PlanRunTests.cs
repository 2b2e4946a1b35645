using System.Runtime.CompilerServices;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform;

/// <summary><c>causeway plan</c> on small repositories of a test's own, whose stacks need no provider.</summary>
public sealed class PlanRunTests(Workbench workbench)
{
    private const string Foundation = """
        variable "environment" {}
        resource "terraform_data" "network" { input = "10.0.0.0/16" }
        """;

    private const string Workload = """
        terraform {
          backend "s3" {}
        }
        variable "environment" {}
        variable "workload" {}
        resource "terraform_data" "table" { input = "${var.environment}-${var.workload}" }
        output "facts" { value = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env.account }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_stack_of_every_environment_is_planned_and_the_plans_are_kept()
    {
        var repository = await RepositoryAsync();
        var printed = await PlanAsync(repository, new());

        Assert.StartsWith("hermetic: ", printed[0], StringComparison.Ordinal);
        Assert.Contains("dev/foundation: 1 to create", printed);
        Assert.Contains("dev/workload-one: 1 to create, 1 output", printed);
        Assert.True(File.Exists(repository.PathTo(".causeway", "plan", "dev", "workload-one.json")));
        Assert.Equal("", (await GitAsync(repository.Root, "status", "--porcelain")).Trim());
        Assert.Empty(Directory.EnumerateDirectories(WorkingCopy.All(repository)));
    }

    [Fact]
    public async Task Against_a_reference_only_what_this_tree_changes_is_shown()
    {
        var repository = await RepositoryAsync();
        await WriteAsync(repository, ("terraform/stacks/aws/foundation/main.tf", Foundation.Replace("10.0", "10.1", StringComparison.Ordinal)), ("terraform/envs/dev/releases/two.yaml", "release: {}"), ("services/two/workload.yaml", "workload: {}"));
        File.Delete(repository.PathTo("terraform", "envs", "dev", "releases", "one.yaml"));
        await CommitAsync(repository);

        var printed = await PlanAsync(repository, new() { Environment = "dev", Against = "HEAD~1" });

        Assert.Contains("dev/foundation: 1 to change", printed);
        Assert.Contains("""        input: "10.0.0.0/16" → "10.1.0.0/16" """.TrimEnd(), printed);
        Assert.Contains("dev/workload-two: 1 to create, 1 output", printed);
        Assert.Contains("dev/workload-one: 1 to destroy, 1 output", printed);
    }

    [Fact]
    public async Task An_environment_that_the_base_does_not_have_is_new_and_that_is_said()
    {
        var repository = await RepositoryAsync();
        await WriteAsync(repository, ("terraform/envs/prod/env.yaml", "env: { name: prod, kind: aws, account: \"1\", region: r }"));
        await CommitAsync(repository);

        var printed = await PlanAsync(repository, new() { Environment = "prod", Against = "HEAD~1" });

        Assert.Contains(printed, line => line.StartsWith("note: prod does not exist in the merge base", StringComparison.Ordinal));
        Assert.Contains("prod/foundation: 1 to create", printed);
    }

    [Fact]
    public async Task A_reference_that_cannot_be_compared_with_says_why_and_what_to_do()
    {
        var repository = await RepositoryAsync();
        var first = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(repository.Root, "HEAD~1", Stop));
        Assert.Contains("first commit", first.Remedy, StringComparison.Ordinal);

        var unknown = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(repository.Root, "origin/nothing", Stop));
        Assert.Contains("git fetch", unknown.Remedy, StringComparison.Ordinal);

        await GitAsync(repository.Root, "checkout", "--quiet", "--orphan", "alone");
        await WriteAsync(repository, ("more", ""));
        await CommitAsync(repository);
        var unrelated = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(repository.Root, "main", Stop));
        Assert.Contains("no commit in common", unrelated.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD~1")]
    [InlineData("origin/other")]
    [InlineData("other")]
    [InlineData("v1.0")]
    [InlineData("hash")]
    public async Task A_shallow_clone_that_does_what_it_is_told_has_the_reference(string reference)
    {
        var repository = await RepositoryAsync();
        await GitAsync(repository.Root, "branch", "other");
        await GitAsync(repository.Root, "tag", "v1.0");
        var wanted = reference == "hash" ? (await GitAsync(repository.Root, "rev-parse", "other")).Trim() : reference;
        await WriteAsync(repository, ("more", ""));
        await CommitAsync(repository);
        var clone = Path.Combine(workbench.Scratch.FullName, $"shallow-{Guid.NewGuid():N}");
        await GitAsync(workbench.Scratch.FullName, "clone", "--quiet", "--depth", "1", $"file://{repository.Root}", clone);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(clone, wanted, Stop));

        foreach (var command in refusal.Remedy.Split('`').Where(part => part.StartsWith("git fetch", StringComparison.Ordinal)))
        {
            await GitAsync(clone, command.Split(' ')[1..]);
        }

        Assert.Equal((await GitAsync(repository.Root, "rev-parse", "other")).Trim(), (await MergeBase.FindAsync(clone, wanted, Stop)).Commit);
    }

    [Fact]
    public async Task The_whole_life_of_every_stack_ends_with_nothing_left()
    {
        var printed = await PlanAsync(await RepositoryAsync(), new() { Apply = true, Destroy = true });

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
        var folder = Scratch.Folder(workbench, [("main.tf", "variable \"a\" { type = list(string) }\nmodule \"up\" {\n  source = \"./inner\"\n  a = var.a\n}"), ("inner/main.tf", "variable \"a\" {}\nresource \"terraform_data\" \"a\" {\n  for_each = toset(var.a)\n}")]);
        var markdown = Path.Combine(folder, "plan.md");

        var printed = await PlanAsync(workbench.Checkout, new() { Root = folder, Apply = true, Destroy = true, Markdown = markdown, Variables = new Dictionary<string, object?> { ["a"] = """["x","y"]""" } });

        Assert.Contains(printed, line => line.EndsWith(": 2 to create", StringComparison.Ordinal));
        Assert.Contains("""module.up.terraform_data.a["x"]""", await File.ReadAllTextAsync(markdown, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_does_not_fit_stops_everything_before_a_plan()
    {
        var repository = await RepositoryAsync();
        await WriteAsync(repository, ("schemas/environment.schema.json", """{ "type": "object", "required": ["env", "other"], "definitions": {} }"""));

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => PlanAsync(repository, new()));

        Assert.Equal("terraform/envs/dev/env.yaml: other is missing", refusal.Log);
    }

    [Fact]
    public async Task An_environment_or_stack_that_is_not_there_names_those_that_are()
    {
        var repository = await RepositoryAsync();

        Assert.Contains("dev", (await Assert.ThrowsAsync<UsageException>(() => PlanAsync(repository, new() { Environment = "devv" }))).Remedy, StringComparison.Ordinal);
        Assert.Contains("foundation, workload", (await Assert.ThrowsAsync<UsageException>(() => PlanAsync(repository, new() { Stack = "network" }))).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_only_the_base_has_is_shown_as_destroyed()
    {
        var repository = await RepositoryAsync();
        await WriteAsync(repository, ("terraform/envs/prod/env.yaml", "env: { name: prod, kind: aws, account: \"1\", region: r }"));
        await CommitAsync(repository);
        Directory.Delete(repository.PathTo("terraform", "envs", "prod"), recursive: true);
        await CommitAsync(repository);

        var every = await PlanAsync(repository, new() { Against = "HEAD~1" });
        var named = await PlanAsync(repository, new() { Environment = "prod", Stack = "foundation", Against = "HEAD~1" });

        Assert.Contains("dev/foundation: no changes", every);
        Assert.All([every, named], printed => Assert.Contains("prod/foundation: 1 to destroy", printed));
        Assert.All([every, named], printed => Assert.Contains(printed, line => line.StartsWith("note: prod is not in this tree any more", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stack_that_only_the_base_has_can_be_named_and_is_shown_as_destroyed()
    {
        var repository = await RepositoryAsync();
        Directory.Delete(repository.PathTo("terraform", "stacks", "aws", "workload"), recursive: true);
        await CommitAsync(repository);

        var printed = await PlanAsync(repository, new() { Environment = "dev", Stack = "workload", Against = "HEAD~1" });

        Assert.Contains("dev/workload-one: 1 to destroy, 1 output", printed);
    }

    [Theory]
    [InlineData("terraform/stacks/aws/foundation/main.tf", "resource \"terraform_data\" \"a\" { input = var.nothing }")]
    [InlineData("terraform/envs/dev/env.yaml", "env: {")]
    public async Task A_merge_base_that_does_not_plan_by_itself_is_told_apart_from_this_tree(string file, string broken)
    {
        var repository = await RepositoryAsync();
        var mended = await File.ReadAllTextAsync(repository.PathTo(file), Stop);
        await WriteAsync(repository, (file, broken));
        await CommitAsync(repository);
        var commit = (await GitAsync(repository.Root, "rev-parse", "HEAD")).Trim();
        await WriteAsync(repository, (file, mended));
        await CommitAsync(repository);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => PlanAsync(repository, new() { Against = "HEAD~1" }));

        Assert.Contains($"The merge base {commit[..12]} does not plan by itself", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("without --against", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modules/one/examples/complete", "modules/one/examples/complete")]
    [InlineData("modules/one/examples/complete/", "modules/one/examples/complete")]
    [InlineData("", "")]
    public async Task A_foreign_root_is_named_by_its_place_in_its_git_repository(string folder, string named)
    {
        var git = Scratch.Folder(workbench, [("main.tf", ""), ("modules/one/examples/complete/main.tf", ""), ("modules/two/examples/complete/main.tf", "")]);
        await GitAsync(git, "init", "--quiet");

        var name = RootName.Of(workbench.Checkout, $"{git}/{folder}");

        Assert.Equal($"{Path.GetFileName(git)}/{named}".TrimEnd('/'), name.Text);
        Assert.Equal(name.Text.Replace('/', '-'), name.File);
        Assert.NotEqual(name, RootName.Of(workbench.Checkout, $"{git}/modules/two/examples/complete"));
    }

    [Fact]
    public void A_root_in_this_repository_is_named_by_its_place_here_and_one_in_none_by_its_folder()
    {
        Assert.Equal(new("terraform/modules/aws/table", "terraform-modules-aws-table"), RootName.Of(workbench.Checkout, workbench.Checkout.PathTo("terraform", "modules", "aws", "table") + "/"));
        Assert.Equal("in", RootName.Of(workbench.Checkout, Path.Combine(Scratch.Folder(workbench, ""), "in/")).Text);
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

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => PlanAsync(workbench.Checkout, new() { Root = folder, Apply = true, Destroy = true }));

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
        var folder = Scratch.Folder(workbench, "terraform {\n  required_providers {\n    toy = { source = \"made/toy\" }\n  }\n}\nresource \"toy_a\" \"a\" {}\n");
        var printed = new List<string>();

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => new PlanRun(workbench.Checkout, new() { Root = folder }, new Silent(), printed.Add).RunAsync(Stop));

        Assert.Contains(printed, line => line.StartsWith("note: registry.terraform.io/made/toy has no schema here", StringComparison.Ordinal) && line.Contains("hashicorp/aws", StringComparison.Ordinal));
        Assert.Contains("build/tools.yaml", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.66.0", ">= 5.0")]
    [InlineData("6.66.0")]
    [InlineData("5.100.0", "~> 5.0")]
    [InlineData("5.100.0", ">= 5.0", "< 6.0")]
    [InlineData("5.100.0", "~> 4.67")]
    [InlineData("6.66.0", ">= 7.0")]
    public void The_package_with_the_highest_version_that_the_constraints_accept_is_chosen(string chosen, params string[] constraints) =>
        Assert.Equal(chosen, new ProviderPackages(workbench.Checkout, workbench.Tools).Choose("registry.terraform.io/hashicorp/aws", [.. constraints.Select(text => new VersionConstraint(text))])?.Provides);

    [Theory]
    [InlineData("No valid credential sources found", true)]
    [InlineData("Error refreshing state: S3 bucket \"causeway-state-1-r\" does not exist.\nThe referenced S3 bucket must have been previously created.", true)]
    [InlineData("Failed to query available provider packages", false)]
    public void A_refusal_for_want_of_access_says_how_access_is_had(string summary, bool isAccess) =>
        Assert.Equal(isAccess, new TerraformException("init", "r", [new Diagnostic("error", summary, "", null, null, null)], "").Remedy.Contains("terraform/stacks/aws/README.md", StringComparison.Ordinal));

    public static TheoryData<string, PlanRequest> Impossible => new()
    {
        { "There is no option --stack.", new() { Environment = "--stack" } },
        { "There is no option -x.", new() { Environment = "dev", Stack = "-x" } },
        { "--modules: there is no folder /nosuch.", new() { Modules = ["/nosuch"] } },
        { "--var-file: there is no file /nosuch.tfvars.", new() { VariableFiles = ["/nosuch.tfvars"] } },
        { "--markdown: /dev/null/plan.md cannot be written.", new() { Markdown = "/dev/null/plan.md" } },
        { "--markdown: / cannot be written.", new() { Markdown = "/" } },
        { "There is no folder /nosuch.", new() { Root = "/nosuch" } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task What_cannot_be_done_is_refused_before_anything_runs(string message, PlanRequest request)
    {
        var printed = new List<string>();

        var refusal = await Assert.ThrowsAsync<UsageException>(() => new PlanRun(workbench.Checkout, request, new Silent(), printed.Add).RunAsync(Stop));

        Assert.Equal(message, refusal.Message);
        Assert.Empty(printed);
    }

    [Fact]
    public async Task A_misspelt_kind_stops_the_plan_of_every_other_environment_too()
    {
        var repository = await RepositoryAsync();
        await WriteAsync(
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
        var repository = await RepositoryAsync();
        await WriteAsync(repository, ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: local }"));

        Assert.Contains("Of kind aws: none;", (await Assert.ThrowsAsync<UsageException>(() => PlanAsync(repository, new()))).Remedy, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(Harness.Repository repository, PlanRequest request)
    {
        var printed = new List<string>();
        await new PlanRun(repository, request, new Silent(), printed.Add).RunAsync(Stop);

        return printed;
    }

    private async Task<Harness.Repository> RepositoryAsync([CallerMemberName] string test = "")
    {
        var any = """{ "type": "object", "definitions": {} }""";
        var root = Scratch.Folder(workbench, [
            ("global.json", "{}"),
            (".gitignore", ".causeway/\n"),
            ("schemas/environment.schema.json", any),
            ("schemas/release.schema.json", any),
            ("schemas/workload.schema.json", any),
            ("services/one/workload.yaml", "workload: {}"),
            ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws, account: \"1\", region: r }"),
            ("terraform/envs/dev/releases/one.yaml", "release: {}"),
            ("terraform/stacks/aws/foundation/main.tf", Foundation),
            ("terraform/stacks/aws/workload/main.tf", Workload)], test);
        await GitAsync(root, "init", "--quiet", "--initial-branch", "main");
        var repository = new Harness.Repository(root);
        await CommitAsync(repository);

        return repository;
    }

    private static async Task WriteAsync(Harness.Repository repository, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(repository.PathTo(path))!);
            await File.WriteAllTextAsync(repository.PathTo(path), text, Stop);
        }
    }

    private static async Task CommitAsync(Harness.Repository repository)
    {
        await GitAsync(repository.Root, "add", "--all");
        await GitAsync(repository.Root, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "a change");
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments) => (await CommandLine.Of("git", arguments).In(folder).RunAsync(Stop)).Output;
}
