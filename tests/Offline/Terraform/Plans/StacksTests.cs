using Causeway.Harness;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>Which stacks there are, in which order, and where their states lie: all derived.</summary>
public sealed class StacksTests(Workbench workbench)
{
    [Fact]
    public void The_stacks_of_an_environment_are_those_of_its_kind()
    {
        var tree = Tree(
            ("terraform/stacks/aws/foundation/main.tf", "resource \"aws_a\" \"a\" {}"),
            ("terraform/stacks/other/base/main.tf", "resource \"other_a\" \"a\" {}"),
            ("terraform/envs/blue/env.yaml", "env: { name: blue, kind: other }"),
            ("terraform/envs/local/env.yaml", "env: { name: local, kind: local }"));
        var stacks = new Stacks(tree);

        Assert.Equal(["aws", "other"], stacks.Kinds());
        Assert.Equal(["blue", "dev"], stacks.Environments());
        Assert.Equal("dev/foundation", Assert.Single(stacks.In("dev")).Name);
        Assert.Equal("blue/base", Assert.Single(stacks.In("blue")).Name);
    }

    [Theory]
    [InlineData("", "terraform/stacks/aws/foundation has no `backend` block")]
    [InlineData("terraform {\n  backend \"gcs\" {}\n}", "main.tf:2: a backend of type gcs is not supported. Use one of type s3, or")]
    public void A_state_that_no_backend_would_keep_is_refused(string text, string message)
    {
        var stacks = new Stacks(Tree(("terraform/stacks/aws/foundation/main.tf", $"{text}\nresource \"aws_a\" \"a\" {{}}")));

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => stacks.BackendConfig(stacks.In("dev")[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_workloads_is_there_once_for_each_release_and_each_has_its_state()
    {
        var tree = Tree(
            ("terraform/stacks/aws/foundation/main.tf", "resource \"aws_a\" \"a\" {}"),
            ("terraform/stacks/aws/workload/main.tf", "terraform {\n  backend \"s3\" {}\n}\nvariable \"workload\" {}\ndata \"aws_a\" \"a\" {}"),
            ("terraform/envs/dev/releases/one.yaml", "release: {}"),
            ("terraform/envs/dev/releases/two.yaml", "release: {}"));
        var stacks = new Stacks(tree);

        Assert.Equal(
            ["envs/dev/foundation.tfstate", "envs/dev/workload/one.tfstate", "envs/dev/workload/two.tfstate"],
            stacks.In("dev").Select(instance => instance.StateKey));
        Assert.Equal(
            ["bucket=causeway-state-111122223333-eu-central-1", "key=envs/dev/workload/one.tfstate", "region=eu-central-1"],
            stacks.BackendConfig(stacks.In("dev")[1]));
    }

    [Fact]
    public void The_repository_s_own_documents_fit_and_its_stacks_have_an_order()
    {
        var stacks = new Stacks(workbench.Checkout.Root);

        Assert.NotEmpty(stacks.Environments());
        Assert.Empty(stacks.Violations());
        Assert.All(stacks.Environments(), environment => Assert.Empty(stacks.ViolationsOfReleases(environment)));
        Assert.All(stacks.Environments(), environment => Assert.Equal(["account", "foundation"], stacks.In(environment).Take(2).Select(first => first.Stack)));
    }

    [Fact]
    public void A_violation_names_file_field_and_value()
    {
        var tree = Tree(("schemas/environment.schema.json", File.ReadAllText(workbench.Checkout.PathTo("schemas", "environment.schema.json"))));

        Assert.Contains(new Stacks(tree).Violations(), problem => problem == "terraform/envs/dev/env.yaml: env.apiVersion is missing");
    }

    [Theory]
    [InlineData("asw")]
    [InlineData("[aws]")]
    public void An_unknown_kind_is_an_error_and_is_not_skipped(string kind)
    {
        var tree = Tree(
            ("schemas/environment.schema.json", File.ReadAllText(workbench.Checkout.PathTo("schemas", "environment.schema.json"))),
            ("terraform/envs/prod/env.yaml", $"env: {{ kind: {kind} }}"));

        Assert.Contains(
            new Stacks(tree).Violations(), problem => problem.StartsWith("terraform/envs/prod/env.yaml: env.kind should be one of", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("terraform/envs/dev/releases/orders.yml")]
    [InlineData("terraform/envs/dev/env.yml")]
    [InlineData("terraform/envs/prod.yaml")]
    [InlineData("terraform/envs/dev/release/orders.yaml", "terraform/envs/dev/release")]
    public void A_file_that_is_not_read_is_a_violation(string file, string? named = null)
    {
        var tree = Tree(
            ("schemas/environment.schema.json", """{ "type": "object" }"""),
            ("terraform/envs/dev/README.md", ""),
            ("terraform/envs/dev/releases/.gitkeep", ""),
            (file, "release: {}"));

        Assert.Equal(
            $"{named ?? file}: this is not read: an environment is env.yaml, waivers.yaml and releases/<workload>.yaml",
            Assert.Single(new Stacks(tree).Violations()));
    }

    [Fact]
    public void A_folder_without_its_document_is_a_violation() =>
        Assert.Contains(
            "terraform/envs/prod: env.yaml is missing",
            new Stacks(Tree(("schemas/environment.schema.json", "{}"), ("terraform/envs/prod/releases/one.yaml", ""))).Violations());

    [Theory]
    [InlineData("env:\n  region: [eu-central-1\n  kind: aws\n", "line 2")]
    [InlineData("env:\n  kind: \"aws\n", "line ")]
    [InlineData("env: {\n", "line ")]
    [InlineData("env:\n  kind: aws\n  kind: aws\n", "line 3")]
    [InlineData("env:\n  [a, b]: aws\n", "line 2")]
    [InlineData("env:\n\tkind: aws\n", "line ")]
    [InlineData("env: *nowhere\n", "line 1")]
    public void What_is_not_YAML_is_refused_with_its_file_and_line(string text, string place)
    {
        var tree = Tree(("terraform/stacks/aws/foundation/main.tf", "resource \"aws_a\" \"a\" {}"), ("terraform/envs/dev/env.yaml", text));
        var refusal = Assert.Throws<InvalidDataException>(() => new Stacks(tree).Environments());

        Assert.Contains($"terraform/envs/dev/env.yaml, {place}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env: { kind: [aws] }")]
    [InlineData("env: { kind: { aws: 1 } }")]
    [InlineData("env: { kind: 1 }")]
    [InlineData("env: [aws]")]
    public void A_kind_that_is_not_a_text_is_left_to_the_schema(string text) =>
        Assert.Empty(
            new Stacks(Tree(("terraform/stacks/aws/foundation/main.tf", "resource \"aws_a\" \"a\" {}"), ("terraform/envs/dev/env.yaml", text))).Environments());

    private string Tree(params (string Path, string Text)[] files) => Scratch.Folder(workbench, [
        ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws, account: \"111122223333\", region: eu-central-1 }"),
        .. files]);
}
