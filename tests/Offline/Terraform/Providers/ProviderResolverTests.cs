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
    [InlineData(Table, false, false)]
    [InlineData(Large, false, true)]
    [InlineData(Table, true, true)]
    public async Task A_large_type_is_offered_where_it_is_used_or_may_have_been(string used, bool whole, bool isOffered)
    {
        var folder = Scratch.Folder(workbench, $"resource \"{used}\" \"this\" {{}}\n");
        string[] committed = [Path.Combine(CommittedSchemas.Folder(workbench.Checkout), "aws.json")];

        var providers = await new ProviderResolver(workbench.Checkout, committed, whole, say: null).ForAsync([folder], "a root", Scratch.Stop);

        var resources = SchemaFile.Read(Assert.Single(providers).SchemaFile).Resources;
        Assert.Equal(isOffered, resources.ContainsKey(Large));
        Assert.True(resources.ContainsKey(Table));
    }
}
