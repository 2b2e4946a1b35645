using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>Partitions, regions, zones and who asks.</summary>
public sealed class PlaceTests
{
    private static IEnumerable<string> Texts(Value list) => list.Items.Select(item => item.AsText!);

    [Theory]
    [InlineData("eu-central-1", "eu-central-1a eu-central-1b eu-central-1c", "euc1-az1 euc1-az2 euc1-az3")]
    [InlineData("us-west-1", "us-west-1a us-west-1c", "usw1-az1 usw1-az3")]
    [InlineData("ap-northeast-1", "ap-northeast-1a ap-northeast-1c ap-northeast-1d", "apne1-az4 apne1-az1 apne1-az2")]
    public void A_region_has_its_zones(string region, string names, string ids)
    {
        var answer = Ask.Data("aws_availability_zones", """{ "state": "available" }""", Ask.Standing("aws", region));

        Assert.Equal(names.Split(' '), Texts(answer["names"]));
        Assert.Equal(ids.Split(' '), Texts(answer["zone_ids"]));
        Assert.Equal([$"{region}-zg-1"], Texts(answer["group_names"]));
        Assert.Equal(region, answer["id"].AsText);
    }

    [Theory]
    [InlineData(
        """{ "filter": [{ "name": "opt-in-status", "values": ["opt-in-not-required"] }] }""",
        "us-east-1a us-east-1b us-east-1c us-east-1d us-east-1e us-east-1f")]
    [InlineData("""{ "exclude_names": ["us-east-1e"], "exclude_zone_ids": ["use1-az1"] }""", "us-east-1b us-east-1c us-east-1d us-east-1f")]
    [InlineData("""{ "filter": [{ "name": "zone-name", "values": ["us-east-1[ab]", "*-1c", "us-east-1d"] }] }""", "us-east-1c us-east-1d")]
    [InlineData("""{ "state": "impaired" }""", "")]
    public void Zones_are_filtered(string arguments, string names) => Assert.Equal(
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Texts(Ask.Data("aws_availability_zones", arguments, Ask.Standing("aws", "us-east-1"))["names"]));

    [Fact]
    public void A_data_source_may_ask_for_another_region()
    {
        Assert.Equal("eu-west-1a", Texts(Ask.Data("aws_availability_zones", """{ "region": "eu-west-1" }""")["names"]).First());
        Assert.Equal("eu-west-1", Ask.Data("aws_region", """{ "region": "eu-west-1" }""")["name"].AsText);
    }

    [Fact]
    public void One_zone_is_found_by_name_or_id_and_several_are_refused()
    {
        Assert.Equal("b", Ask.Data("aws_availability_zone", """{ "name": "eu-central-1b" }""")["name_suffix"].AsText);
        Assert.Equal("eu-central-1c", Ask.Data("aws_availability_zone", """{ "zone_id": "euc1-az3" }""")["name"].AsText);
        Assert.Equal("no matching EC2 Availability Zone found", Ask.Refused("aws_availability_zone", """{ "name": "eu-central-1x" }""").Message);
        Assert.StartsWith("multiple EC2 Availability Zones matched", Ask.Refused("aws_availability_zone", "{}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_the_API_does_not_know_is_refused() => Assert.Equal(
        "reading EC2 Availability Zones: InvalidParameterValue: The filter 'zone' is invalid",
        Ask.Refused("aws_availability_zones", """{ "filter": [{ "name": "zone", "values": ["a"] }] }""").Message);

    [Fact]
    public void A_region_that_is_none_is_refused() =>
        Assert.Equal("invalid AWS Region: eu-middle-1", Ask.Refused("aws_availability_zones", """{ "region": "eu-middle-1" }""").Message);

    [Fact]
    public void A_region_is_described()
    {
        var answer = Ask.Data("aws_region");

        Assert.Equal(
            """{description="Europe (Frankfurt)",endpoint="ec2.eu-central-1.amazonaws.com",id="eu-central-1",name="eu-central-1",region="eu-central-1",}""", answer.ToString());
        Assert.Equal(answer, Ask.Data("aws_region", """{ "endpoint": "ec2.eu-central-1.amazonaws.com" }""", Ask.Standing("aws", "us-east-1")));
    }

    [Fact]
    public void Regions_that_an_account_has_to_ask_for_are_left_out()
    {
        var own = Texts(Ask.Data("aws_regions")["names"]).ToList();
        var all = Texts(Ask.Data("aws_regions", """{ "all_regions": true }""")["names"]).ToList();

        Assert.Equal(17, own.Count);
        Assert.DoesNotContain("af-south-1", own);
        Assert.Contains("af-south-1", all);
        Assert.Contains("af-south-1", Texts(Ask.Data("aws_regions", "{}", Ask.Standing("aws", "af-south-1"))["names"]));
        Assert.Equal(["cn-north-1", "cn-northwest-1"], Texts(Ask.Data("aws_regions", "{}", Ask.Standing("aws-cn", "cn-north-1"))["names"]));
    }

    [Theory]
    [InlineData("aws", "eu-central-1", "amazonaws.com", "com.amazonaws")]
    [InlineData("aws-cn", "cn-north-1", "amazonaws.com.cn", "cn.com.amazonaws")]
    [InlineData("aws-us-gov", "us-gov-west-1", "amazonaws.com", "com.amazonaws")]
    public void A_partition_has_its_suffix(string partition, string region, string suffix, string prefix)
    {
        var answer = Ask.Data("aws_partition", "{}", Ask.Standing(partition, region));

        Assert.Equal(
            [partition, partition, suffix, prefix], new[] { "id", "partition", "dns_suffix", "reverse_dns_prefix" }.Select(name => answer[name].AsText));
    }

    [Fact]
    public void The_caller_is_a_session_whose_issuer_is_a_role()
    {
        var caller = Ask.Data("aws_caller_identity");
        var issuer = Ask.Data("aws_iam_session_context", $$"""{ "arn": "{{caller["arn"].AsText}}" }""");

        Assert.Equal("123456789012", caller["account_id"].AsText);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/terraform/causeway", caller["arn"].AsText);
        Assert.Matches("^AROA[A-Z2-7]{17}:causeway$", caller["user_id"].AsText);
        Assert.Equal("arn:aws:iam::123456789012:role/terraform", issuer["issuer_arn"].AsText);
        Assert.Equal("terraform", issuer["issuer_name"].AsText);
        Assert.Equal("causeway", issuer["session_name"].AsText);
        Assert.Equal(caller["user_id"].AsText, $"{issuer["issuer_id"].AsText}:causeway");
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/admin")]
    [InlineData("arn:aws:iam::123456789012:role/path/deploy")]
    public void What_is_not_a_session_issues_itself(string arn)
    {
        var answer = Ask.Data("aws_iam_session_context", $$"""{ "arn": "{{arn}}" }""");

        Assert.Equal([arn, "", ""], new[] { "issuer_arn", "issuer_name", "session_name" }.Select(name => answer[name].AsText));
    }

    [Fact]
    public void An_ARN_is_taken_apart()
    {
        var answer = Ask.Data("aws_arn", """{ "arn": "arn:aws:rds:eu-west-1:123456789012:db:mysql-db" }""");

        Assert.Equal(
            ["aws", "rds", "eu-west-1", "123456789012", "db:mysql-db"],
            new[] { "partition", "service", "region", "account", "resource" }.Select(name => answer[name].AsText));
        Assert.Contains("arn: invalid prefix", Ask.Refused("aws_arn", """{ "arn": "orders" }""").Detail, StringComparison.Ordinal);
        Assert.Contains("arn: not enough sections", Ask.Refused("aws_arn", """{ "arn": "arn:aws:s3" }""").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_tags_are_the_provider_s() => Assert.Equal("""{Team="platform",}""", Ask.Data("aws_default_tags")["tags"].ToString());

    [Theory]
    [InlineData("aws", "eu-central-1", "s3", "s3.amazonaws.com")]
    [InlineData("aws-cn", "cn-north-1", "s3", "s3.amazonaws.com")]
    [InlineData("aws-cn", "cn-north-1", "logs", "logs.amazonaws.com.cn")]
    public void A_service_has_a_principal(string partition, string region, string service, string principal) =>
        Assert.Equal(principal, Ask.Data("aws_service_principal", $$"""{ "service_name": "{{service}}" }""", Ask.Standing(partition, region))["name"].AsText);

    [Fact]
    public void A_service_has_names_both_ways()
    {
        var answer = Ask.Data("aws_service", """{ "service_id": "sqs" }""");

        Assert.Equal("com.amazonaws.eu-central-1.sqs", answer["reverse_dns_name"].AsText);
        Assert.Equal("sqs.eu-central-1.amazonaws.com", answer["dns_name"].AsText);
        Assert.Equal(answer, Ask.Data("aws_service", """{ "dns_name": "sqs.eu-central-1.amazonaws.com" }""", Ask.Standing("aws", "us-east-1")));
        Assert.Equal("service ID not provided directly or through a DNS name", Ask.Refused("aws_service", "{}").Message);
    }

    [Theory]
    [InlineData("aws_elb_service_account", "{}", "054676820928")]
    [InlineData("aws_elb_hosted_zone_id", "{}", "Z215JYRZR1TBD5")]
    [InlineData("aws_lb_hosted_zone_id", """{ "load_balancer_type": "network" }""", "Z3F0SRJ5LGBH90")]
    [InlineData("aws_lb_hosted_zone_id", """{ "region": "us-east-1" }""", "Z35SXDOTRQ7X7K")]
    [InlineData("aws_billing_service_account", "{}", "386209384616")]
    [InlineData("aws_cloudfront_log_delivery_canonical_user_id", "{}", "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0")]
    public void What_AWS_publishes_is_as_published(string type, string arguments, string id) => Assert.Equal(id, Ask.Data(type, arguments)["id"].AsText);

    [Fact]
    public void Regions_without_such_an_account_are_refused() =>
        Assert.Equal("unsupported AWS Region: eu-central-2", Ask.Refused("aws_elb_service_account", """{ "region": "eu-central-2" }""").Message);
}
