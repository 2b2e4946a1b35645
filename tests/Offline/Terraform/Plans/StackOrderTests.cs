using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>Stacks are applied in the order in which they look each other up.</summary>
public sealed class StackOrderTests(Workbench workbench)
{
    [Fact]
    public void A_stack_comes_after_the_one_whose_resources_it_looks_up()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "data \"aws_kms_alias\" \"a\" { name = \"x\" }\nresource \"aws_sqs_queue\" \"a\" {}"),
            ("terraform/stacks/aws/omega/main.tf", "module \"keys\" {\n  source = \"../../../modules/aws/keys\"\n}"),
            ("terraform/modules/aws/keys/main.tf", "resource \"aws_kms_alias\" \"a\" { name = \"x\" }"));

        Assert.Equal(["dev/omega", "dev/alpha"], new Stacks(tree).In("dev").Select(instance => instance.Name));
        Assert.Equal(["omega"], new Stacks(tree).NeededBy("aws", "alpha"));
    }

    [Fact]
    public void A_lookup_by_a_name_that_another_stack_gives_comes_after_it_although_its_own_stack_makes_the_type_too()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "data \"aws_kms_alias\" \"a\" { name = \"x\" }\nresource \"aws_kms_alias\" \"a\" { name = \"y\" }"),
            ("terraform/stacks/aws/omega/main.tf", "resource \"aws_kms_alias\" \"a\" { name = \"x\" }"));

        Assert.Equal(["dev/omega", "dev/alpha"], new Stacks(tree).In("dev").Select(instance => instance.Name));
    }

    [Theory]
    // Each the lookup's name, its own stack's, the other stack's.
    [InlineData("\"alias/${var.environment}-data\"", "\"alias/${var.environment}-logs\"", "\"alias/${var.environment}-${each.key}\"", true)]
    [InlineData("\"alias/${local.prefix}-data\"", "local.own", "\"alias/${var.environment}-data\"", true)]
    [InlineData("\"alias/${var.environment}-data\"", "\"alias/${var.environment}-data\"", "\"alias/${each.key}\"", false)]
    [InlineData("\"alias/${var.environment}-data\"", "\"${each.key}\"", "\"alias/${var.environment}-more-data\"", false)]
    [InlineData("aws_kms_alias.a.name", "\"alias/${each.key}\"", "\"alias/${each.key}\"", false)]
    [InlineData("\"x\"", "\"x-${uuid()}\"", "\"x\"", true)]
    public void Which_stack_a_lookup_means_is_told_by_its_name_as_far_as_that_is_known(string asked, string own, string other, bool isOther)
    {
        var tree = Tree(
            (
                "terraform/stacks/aws/alpha/main.tf",
                $"data \"aws_kms_alias\" \"a\" {{\n  name = {asked}\n}}\nresource \"aws_kms_alias\" \"a\" {{\n  name = {own}\n}}"),
            ("terraform/stacks/aws/alpha/locals.tf", "locals {\n  prefix = var.environment\n  own = \"alias/own\"\n}"),
            ("terraform/stacks/aws/omega/main.tf", $"resource \"aws_kms_alias\" \"a\" {{\n  name = {other}\n}}"));

        Assert.Equal(isOther ? ["omega"] : [], new Stacks(tree).NeededBy("aws", "alpha"));
    }

    [Fact]
    public void A_name_is_followed_through_the_call_of_a_module()
    {
        var tree = Tree(
            (
                "terraform/stacks/aws/alpha/main.tf",
                "data \"aws_vpc\" \"v\" {\n  tags = { Name = \"${var.environment}-main\" }\n}\n" +
                "resource \"aws_vpc\" \"v\" {\n  tags = { Env = var.environment, Name = \"own\" }\n}"),
            (
                "terraform/stacks/aws/omega/main.tf",
                "module \"network\" {\n  source = \"../../../modules/aws/network\"\n  context = { name = \"${var.environment}-main\" }\n}"),
            ("terraform/modules/aws/network/main.tf", "resource \"aws_vpc\" \"v\" {\n  tags = {\n    Name = var.context.name\n  }\n}"));

        Assert.Equal(["dev/omega", "dev/alpha"], new Stacks(tree).In("dev").Select(instance => instance.Name));
    }

    [Theory]
    [InlineData("", "name = \"y\"", "name = \"x\"", " without a name")]
    [InlineData("name = var.name", "name = \"y\"", "name = \"x\"", " (name = …)")]
    [InlineData("name = \"x\"", "name = \"x\"", "name = \"x\"", " (name = x)")]
    public void A_lookup_that_may_mean_either_of_two_stacks_is_refused_with_both_places_and_the_way_out(string asked, string own, string other, string said)
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", $"data \"aws_kms_alias\" \"a\" {{ {asked} }}\nresource \"aws_kms_alias\" \"a\" {{ {own} }}"),
            ("terraform/stacks/aws/omega/main.tf", $"resource \"aws_kms_alias\" \"a\" {{ {other} }}"));

        var refusal = Assert.Throws<InvalidDataException>(() => new Stacks(tree).In("dev"));

        Assert.Equal(
            $"terraform/stacks/aws/alpha/main.tf:1 looks up aws_kms_alias{said}, which may be what its own stack alpha makes " +
            "(terraform/stacks/aws/alpha/main.tf:2) or what omega makes (terraform/stacks/aws/omega/main.tf:1): " +
            "the order of the stacks cannot be determined. If alpha makes it, refer to the resource in place of the lookup. " +
            "If omega makes it, write the lookup's name as terraform/stacks/aws/omega/main.tf:1 has it.",
            refusal.Message);
    }

    [Fact]
    public void A_lookup_of_what_no_other_stack_makes_by_that_name_needs_none()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "data \"aws_kms_alias\" \"a\" { name = \"from-elsewhere\" }"),
            ("terraform/stacks/aws/omega/main.tf", "resource \"aws_kms_alias\" \"a\" { name = \"x\" }"));

        Assert.Empty(new Stacks(tree).NeededBy("aws", "alpha"));
    }

    [Fact]
    public void A_cycle_names_both_places()
    {
        var tree = Tree(
            ("terraform/stacks/aws/alpha/main.tf", "resource \"aws_a\" \"a\" {}\n\ndata \"aws_b\" \"b\" {}"),
            ("terraform/stacks/aws/omega/other.tf", "resource \"aws_b\" \"b\" {}\ndata \"aws_a\" \"a\" {}"));

        var refusal = Assert.Throws<InvalidDataException>(() => new Stacks(tree).In("dev"));

        Assert.Contains(
            "terraform/stacks/aws/alpha/main.tf:3 looks up aws_b, which terraform/stacks/aws/omega/other.tf:1 makes",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "terraform/stacks/aws/omega/other.tf:2 looks up aws_a, which terraform/stacks/aws/alpha/main.tf:1 makes",
            refusal.Message,
            StringComparison.Ordinal);
    }

    private string Tree(params (string Path, string Text)[] files) => Scratch.Folder(workbench, [
        ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws }"),
        .. files]);
}
