using Causeway.Provider.Cloud;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Schemas;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider;

public sealed class LookupTests
{
    private static readonly ProviderContext Here = new("aws", "eu-central-1", "111111111111", new Dictionary<string, string>(), ".");

    [Fact]
    public void A_plural_lists_what_fits_whatever_its_lists_are_called()
    {
        CloudResource[] clusters = [Cluster("b", "111111111111"), Cluster("a", "111111111111")];

        var found = Find("aws_ecs_clusters", """ "cluster_arns": "computed list(string)", "vpc_ids": "computed list(string)", "names": "computed list(string)" """, clusters);

        Assert.Equal(["arn:a", "arn:b"], found["cluster_arns"].Items.Select(arn => arn.AsText));
        Assert.Equal(["a", "b"], found["names"].Items.Select(name => name.AsText));
        Assert.True(found["vpc_ids"].IsNull);
    }

    [Fact]
    public void What_another_account_has_is_not_found()
    {
        CloudResource[] clusters = [Cluster("a", "222222222222")];

        Assert.Throws<RefusalException>(() => Find("aws_ecs_cluster", """ "name": "required string" """, clusters, ("name", Value.Of("a"))));
        Assert.Equal(
            "a", Find("aws_ecs_cluster", """ "name": "required string" """, [.. clusters, Cluster("a", "111111111111")], ("name", Value.Of("a")))["id"].AsText);
    }

    [Fact]
    public void An_argument_may_ask_for_an_attribute_of_another_name()
    {
        CloudResource certificate = new("k", "aws", "aws_acm_certificate", Here.Account, Here.Region, Value.Object(("domain_name", Value.Of("a.example"))), []);
        var schema = ServedSchema.Parse(
            """{ "provider": "p", "version": "1", "data": { "aws_acm_certificate": { "domain": "optional string" } } }"""u8.ToArray(), "test");

        Value Find(string domain) => Lookup.Find(
            "aws_acm_certificate",
            schema.Data["aws_acm_certificate"],
            Value.Object(("domain", Value.Of(domain))),
            [certificate],
            Here,
            new Dictionary<string, string> { ["domain"] = "domain_name" });

        Assert.Equal("a.example", Find("a.example")["domain_name"].AsText);
        Assert.Throws<RefusalException>(() => Find("b.example"));
    }

    [Fact]
    public void A_type_that_only_ends_like_a_plural_is_looked_for_itself()
    {
        CloudResource options = new("k", "aws", "aws_vpc_dhcp_options", Here.Account, Here.Region, Value.Object(("id", Value.Of("dopt-1"))), []);

        Assert.Equal("dopt-1", Find("aws_vpc_dhcp_options", """ "ntp_servers": "computed list(string)" """, [options])["id"].AsText);
    }

    private static CloudResource Cluster(string name, string account) => new(
        $"{account}/{name}",
        "aws",
        "aws_ecs_cluster",
        account,
        Here.Region,
        Value.Object(("id", Value.Of(name)), ("name", Value.Of(name)), ("arn", Value.Of($"arn:{name}"))),
        []);

    private static Value Find(string type, string attributes, IReadOnlyCollection<CloudResource> resources, params (string, Value)[] asked)
    {
        var schema = ServedSchema.Parse(
            System.Text.Encoding.UTF8.GetBytes($$"""{ "provider": "p", "version": "1", "data": { "{{type}}": { {{attributes}} } } }"""), "test");

        return Lookup.Find(type, schema.Data[type], Value.Object(asked), resources, Here);
    }
}
