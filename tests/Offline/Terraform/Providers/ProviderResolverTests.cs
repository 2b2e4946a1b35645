using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Schemas;
using Causeway.ProviderSchemas;

namespace Causeway.Offline.Terraform.Providers;

/// <summary>What a root is offered of a provider's schema.</summary>
public sealed class ProviderResolverTests(Workbench workbench)
{
    private const string Large = "aws_wafv2_web_acl";

    private const string Table = "aws_dynamodb_table";

    [Theory]
    [InlineData(Table, null, false)]
    [InlineData(Large, null, true)]
    [InlineData(Table, Table, true)]
    public async Task A_large_type_is_offered_where_it_is_used_or_may_have_been(string used, string? before, bool isOffered)
    {
        var resources = await OfferedAsync($"resource \"{used}\" \"this\" {{}}\n", before is null ? null : $"resource \"{before}\" \"this\" {{}}\n");

        Assert.Equal(isOffered, resources.ContainsKey(Large));
        Assert.True(resources.ContainsKey(Table));
    }

    [Fact]
    public async Task Of_a_large_type_those_blocks_are_offered_that_the_configuration_or_what_was_applied_before_names()
    {
        var offered = await OfferedAsync(
            """resource "aws_wafv2_web_acl" "this" { rule { statement { managed_rule_group_statement {} } } }""",
            """resource "aws_wafv2_web_acl" "this" { dynamic "rule" { content { statement { geo_match_statement {} } } } }""");

        var rule = Assert.IsType<NestedSchema>(offered[Large]["rule"]);
        var statement = Assert.IsType<NestedSchema>(rule.Members["statement"]);
        Assert.Equal(["geo_match_statement", "managed_rule_group_statement"], statement.Members.Keys);

        // What has to be there is offered, named or not, and so are all attributes.
        Assert.True(offered[Large].ContainsKey("visibility_config"));
        Assert.Equal(["name", "priority"], rule.Members.Where(member => member.Value is AttributeSchema).Select(member => member.Key));
    }

    [Fact]
    public async Task A_block_that_only_the_state_names_is_offered()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", $$"""resource "{{Large}}" "this" {}"""),
            ("terraform.tfstate", """{ "version": 4, "resources": [], "left": { "rule": [{ "statement": [{ "and_statement": [] }] }] } }"""),
        ]);

        var rule = Assert.IsType<NestedSchema>((await OfferedAsync([folder], []))[Large]["rule"]);

        Assert.Equal(["and_statement"], Assert.IsType<NestedSchema>(rule.Members["statement"]).Members.Keys);
    }

    private Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>>> OfferedAsync(string configuration, string? before) =>
        OfferedAsync([Scratch.Folder(workbench, configuration)], before is null ? [] : [Scratch.Folder(workbench, before)]);

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>>> OfferedAsync(string[] folders, string[] before)
    {
        string[] committed = [Path.Combine(CommittedSchemas.Folder(workbench.Checkout), "aws.json")];
        var providers = await new ProviderResolver(workbench.Checkout, committed, before, say: null).ForAsync(folders, "a root", Scratch.Stop);

        return SchemaFile.Read(Assert.Single(providers).SchemaFile).Resources;
    }
}
