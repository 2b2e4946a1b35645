using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Terraform;

/// <summary>Which stacks there are, in which order, and where their states lie: all derived.</summary>
public sealed class StacksTests(Workbench workbench)
{
    [Fact]
    public void A_stack_comes_after_the_one_whose_resources_it_looks_up()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "data \"aws_kms_alias\" \"a\" { name = \"x\" }\nresource \"aws_sqs_queue\" \"a\" {}"),
            ("terraform/stacks/aws/omega/main.tf", "module \"keys\" {\n  source = \"../../../modules/aws/keys\"\n}"),
            ("terraform/modules/aws/keys/main.tf", "resource \"aws_kms_alias\" \"a\" { name = \"x\" }"));

        Assert.Equal(["dev/omega", "dev/alpha"], new Stacks(tree).In("dev").Select(instance => instance.Name));
        Assert.Equal(["omega"], new Stacks(tree).NeededBy("alpha"));
    }

    [Fact]
    public void A_stack_that_makes_the_type_itself_waits_for_nobody()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "data \"aws_kms_alias\" \"a\" { name = \"x\" }\nresource \"aws_kms_alias\" \"a\" {}"),
            ("terraform/stacks/aws/omega/main.tf", "resource \"aws_kms_alias\" \"a\" { name = \"x\" }"));

        Assert.Equal(["dev/alpha", "dev/omega"], new Stacks(tree).In("dev").Select(instance => instance.Name));
    }

    [Fact]
    public void A_cycle_names_both_places()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "resource \"aws_a\" \"a\" {}\n\ndata \"aws_b\" \"b\" {}"),
            ("terraform/stacks/aws/omega/other.tf", "resource \"aws_b\" \"b\" {}\ndata \"aws_a\" \"a\" {}"));

        var refusal = Assert.Throws<InvalidDataException>(() => new Stacks(tree).In("dev"));

        Assert.Contains("terraform/stacks/aws/alpha/main.tf:3 looks up aws_b, which terraform/stacks/aws/omega/other.tf:1 makes", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("terraform/stacks/aws/omega/other.tf:2 looks up aws_a, which terraform/stacks/aws/alpha/main.tf:1 makes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_workloads_is_there_once_for_each_release_and_each_has_its_state()
    {
        var tree = Tree(
            ("terraform/stacks/aws/foundation/main.tf", "resource \"aws_a\" \"a\" {}"),
            ("terraform/stacks/aws/workload/main.tf", "variable \"workload\" {}\ndata \"aws_a\" \"a\" {}"),
            ("terraform/envs/dev/releases/one.yaml", "release: {}"),
            ("terraform/envs/dev/releases/two.yaml", "release: {}"));
        var stacks = new Stacks(tree);

        Assert.Equal(["envs/dev/foundation.tfstate", "envs/dev/workload/one.tfstate", "envs/dev/workload/two.tfstate"], stacks.In("dev").Select(instance => instance.StateKey));
        Assert.Equal(
            ["bucket=causeway-state-111122223333-eu-central-1", "key=envs/dev/workload/one.tfstate", "region=eu-central-1"],
            stacks.BackendConfig(stacks.In("dev")[1]));
    }

    [Fact]
    public void The_repository_s_own_documents_fit_and_its_stacks_have_an_order()
    {
        var stacks = new Stacks(workbench.Checkout.Root);

        Assert.NotEmpty(stacks.Environments());
        Assert.Empty(stacks.Misfits());
        Assert.All(stacks.Environments(), environment => Assert.Empty(stacks.MisfitsOfReleases(environment)));
        Assert.All(stacks.Environments(), environment => Assert.Equal("foundation", stacks.In(environment)[0].Stack));
    }

    [Fact]
    public void A_misfit_names_file_field_and_value()
    {
        var tree = Tree(("schemas/environment.schema.json", File.ReadAllText(workbench.Checkout.PathTo("schemas", "environment.schema.json"))));

        Assert.Contains(new Stacks(tree).Misfits(), problem => problem == "terraform/envs/dev/env.yaml: env.apiVersion is missing");
    }

    [Theory]
    [InlineData("asw")]
    [InlineData("[aws]")]
    public void A_kind_there_is_not_is_a_misfit_and_no_environment_less(string kind)
    {
        var tree = Tree(
            ("schemas/environment.schema.json", File.ReadAllText(workbench.Checkout.PathTo("schemas", "environment.schema.json"))),
            ("terraform/envs/prod/env.yaml", $"env: {{ kind: {kind} }}"));

        Assert.Contains(new Stacks(tree).Misfits(), problem => problem.StartsWith("terraform/envs/prod/env.yaml: env.kind should be one of", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("terraform/envs/dev/releases/orders.yml")]
    [InlineData("terraform/envs/dev/env.yml")]
    [InlineData("terraform/envs/prod.yaml")]
    [InlineData("terraform/envs/dev/release/orders.yaml", "terraform/envs/dev/release")]
    public void A_file_that_nobody_reads_is_a_misfit(string file, string? named = null)
    {
        var tree = Tree(("schemas/environment.schema.json", """{ "type": "object" }"""), ("terraform/envs/dev/README.md", ""), ("terraform/envs/dev/releases/.gitkeep", ""), (file, "release: {}"));

        Assert.Equal($"{named ?? file}: nobody reads it: an environment is env.yaml and releases/<workload>.yaml", Assert.Single(new Stacks(tree).Misfits()));
    }

    [Fact]
    public void A_folder_without_its_document_is_a_misfit() =>
        Assert.Contains("terraform/envs/prod: env.yaml is missing", new Stacks(Tree(("schemas/environment.schema.json", "{}"), ("terraform/envs/prod/releases/one.yaml", ""))).Misfits());

    [Theory]
    [InlineData("env:\n  region: [eu-central-1\n  kind: aws\n", "line 2")]
    [InlineData("env:\n  kind: \"aws\n", "line ")]
    [InlineData("env: {\n", "line ")]
    [InlineData("env:\n  kind: aws\n  kind: aws\n", "line 3")]
    [InlineData("env:\n  [a, b]: aws\n", "line 2")]
    [InlineData("env:\n\tkind: aws\n", "line ")]
    [InlineData("env: *nowhere\n", "line 1")]
    public void What_is_no_YAML_is_refused_with_its_file_and_line(string text, string place)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => new Stacks(Tree(("terraform/envs/dev/env.yaml", text))).Environments());

        Assert.Contains($"terraform/envs/dev/env.yaml, {place}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env: { kind: [aws] }")]
    [InlineData("env: { kind: { aws: 1 } }")]
    [InlineData("env: { kind: 1 }")]
    [InlineData("env: [aws]")]
    public void A_kind_that_is_no_text_is_left_to_the_schema(string text) =>
        Assert.Empty(new Stacks(Tree(("terraform/envs/dev/env.yaml", text))).Environments());

    [Fact]
    public void Every_rule_of_the_schemas_refuses_its_fault_here_as_it_does_in_Helm()
    {
        var bundle = System.Text.Json.Nodes.JsonNode.Parse(SchemaBundle.Generate(workbench.Checkout))!.AsObject();
        var faults = SchemaBundle.Documents
            .SelectMany(document => Yaml.LoadFile(Path.Combine(workbench.Fixtures, "invalid", "schemas", $"{document}.yaml")))
            .ToDictionary(pair => pair.Key, pair => pair.Value!.AsObject());
        var gate = new Gate("schema faults", faults.Keys);

        foreach (var (rule, fault) in faults)
        {
            var values = ValueSet.Load(workbench.Checkout, "prod/catalog").Values;

            if (fault.TryGetPropertyValue("value", out var value))
            {
                Change.Set(values, (string)fault["at"]!, value);
            }
            else
            {
                Change.Remove(values, (string)fault["at"]!);
            }

            gate.Record(rule, new DocumentSchema(bundle).Problems(values) is [] ? "is not refused" : null);
        }

        gate.Close();
        Assert.Empty(new DocumentSchema(bundle).Problems(ValueSet.Load(workbench.Checkout, "prod/catalog").Values));
    }

    private string Tree(params (string Path, string Text)[] files) => Scratch.Folder(workbench, [
        ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws, account: \"111122223333\", region: eu-central-1 }"),
        .. files]);
}
