using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>What only the cloud could know has the right shape, and is the same each time.</summary>
public sealed class BelievableTests
{
    [Theory]
    [InlineData("aws_ami", """{ "most_recent": true, "owners": ["amazon"], "filter": [{ "name": "name", "values": ["al2023-ami-2023.*-x86_64"] }] }""", "id", "^ami-[0-9a-f]{17}$")]
    [InlineData("aws_ami", """{ "owners": ["amazon"], "filter": [{ "name": "name", "values": ["al2023-ami-2023.*-x86_64"] }] }""", "name", "^al2023-ami-2023.20251117-x86_64$")]
    [InlineData("aws_ami", """{ "owners": ["099720109477"], "filter": [{ "name": "name", "values": ["ubuntu/images/*/ubuntu-noble-24.04-arm64-server-*"] }] }""", "architecture", "^arm64$")]
    [InlineData("aws_ami", """{ "owners": ["099720109477"], "name_regex": "^ubuntu-\\d+" }""", "root_device_name", "^/dev/sda1$")]
    [InlineData("aws_ami", """{ "owners": ["self"] }""", "owner_id", "^123456789012$")]
    [InlineData("aws_ami", """{ "filter": [{ "name": "image-id", "values": ["ami-0123456789abcdef0"] }] }""", "id", "^ami-0123456789abcdef0$")]
    [InlineData("aws_ami", """{ "owners": ["amazon"] }""", "root_snapshot_id", "^snap-[0-9a-f]{17}$")]
    [InlineData("aws_cloudfront_cache_policy", """{ "name": "Managed-CachingOptimized" }""", "id", "^658327ea-f89d-4fab-a63d-7e88639e58f6$")]
    [InlineData("aws_cloudfront_cache_policy", """{ "name": "UseOriginCacheControlHeaders" }""", "id", "^83da9c7e-98b4-4e11-a168-04f0df8e2c65$")]
    [InlineData("aws_cloudfront_origin_request_policy", """{ "id": "216adef6-5c7f-47e4-b989-5492eafa07d3" }""", "name", "^Managed-AllViewer$")]
    [InlineData(
        "aws_cloudfront_response_headers_policy",
        """{ "name": "Managed-SimpleCORS" }""",
        "arn",
        "^arn:aws:cloudfront::123456789012:response-headers-policy/")]
    [InlineData("aws_canonical_user_id", "{}", "id", "^[0-9a-f]{64}$")]
    [InlineData("aws_ssm_parameter", """{ "name": "/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id" }""", "value", "^ami-[0-9a-f]{17}$")]
    [InlineData("aws_ssm_parameter", """{ "name": "/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/release_version" }""", "value", @"^1\.33\.\d-\d{8}$")]
    [InlineData(
        "aws_ssm_parameter",
        """{ "name": "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended" }""",
        "value",
        "^\\{\"image_id\":\"ami-[0-9a-f]{17}\",\"image_name\":\"[^\"]+\"\\}$")]
    [InlineData(
        "aws_ssm_parameter",
        """{ "name": "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" }""",
        "arn",
        "^arn:aws:ssm:eu-central-1::parameter/aws/service/ami-amazon-linux-latest/")]
    [InlineData("aws_ssm_parameter", """{ "name": "/aws/service/global-infrastructure/regions/eu-west-3/longName" }""", "value", @"^Europe \(Paris\)$")]
    [InlineData("aws_ssm_parameter", """{ "name": "arn:aws:ssm:eu-central-1::parameter/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id" }""", "value", "^ami-")]
    [InlineData(
        "aws_eks_addon_version",
        """{ "addon_name": "vpc-cni", "kubernetes_version": "1.33", "most_recent": true }""",
        "version",
        @"^v\d+\.\d+\.\d+-eksbuild\.\d+$")]
    [InlineData("aws_eks_addon_version", """{ "addon_name": "kube-proxy", "kubernetes_version": "1.33" }""", "version", @"^v1\.33\.\d+-eksbuild\.\d+$")]
    [InlineData("aws_eks_cluster_auth", """{ "name": "dev" }""", "token", "^k8s-aws-v1\\.[A-Za-z0-9_-]+$")]
    [InlineData("aws_ecr_authorization_token", "{}", "proxy_endpoint", @"^https://123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com$")]
    [InlineData("aws_ecrpublic_authorization_token", """{ "region": "us-east-1" }""", "user_name", "^AWS$")]
    [InlineData("aws_ec2_instance_type", """{ "instance_type": "m7g.2xlarge" }""", "supported_architectures", "^\\[\"arm64\",\\]$")]
    [InlineData("aws_ec2_instance_type", """{ "instance_type": "m7g.2xlarge" }""", "default_vcpus", "^8$")]
    [InlineData("aws_ec2_instance_type", """{ "instance_type": "m7g.2xlarge" }""", "memory_size", "^32768$")]
    [InlineData("aws_ec2_instance_type", """{ "instance_type": "t3.micro" }""", "memory_size", "^1024$")]
    [InlineData("aws_ec2_instance_type", """{ "instance_type": "g5.xlarge" }""", "supported_architectures", "^\\[\"x86_64\",\\]$")]
    [InlineData("aws_ec2_instance_type_offering", """{ "preferred_instance_types": ["z9.large", "t3.micro"], "filter": [{ "name": "instance-type", "values": ["t2.micro", "t3.micro"] }] }""", "instance_type", @"^t3\.micro$")]
    [InlineData("aws_iam_policy", """{ "arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }""", "path", "^/service-role/$")]
    [InlineData("aws_iam_policy", """{ "name": "AdministratorAccess" }""", "arn", "^arn:aws:iam::aws:policy/AdministratorAccess$")]
    [InlineData("aws_iam_policy", """{ "name": "AmazonEKSClusterPolicy" }""", "policy_id", "^ANPA[A-Z2-7]{17}$")]
    [InlineData(
        "aws_kms_alias",
        """{ "name": "alias/aws/sqs" }""",
        "target_key_arn",
        "^arn:aws:kms:eu-central-1:123456789012:key/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    [InlineData("aws_ec2_managed_prefix_list", """{ "name": "com.amazonaws.global.cloudfront.origin-facing" }""", "id", "^pl-[0-9a-f]{8}$")]
    [InlineData("aws_ec2_managed_prefix_list", """{ "filter": [{ "name": "prefix-list-name", "values": ["com.amazonaws.us-east-1.s3"] }], "region": "us-east-1" }""", "id", "^pl-63a5400a$")]
    [InlineData("aws_prefix_list", """{ "prefix_list_id": "pl-02cd2c6b", "region": "us-east-1" }""", "name", @"^com\.amazonaws\.us-east-1\.dynamodb$")]
    [InlineData("aws_rds_engine_version", """{ "engine": "postgres", "version": "16", "latest": true }""", "version_actual", @"^16\.\d+$")]
    [InlineData("aws_rds_engine_version", """{ "engine": "postgres", "version": "16" }""", "parameter_group_family", "^postgres16$")]
    [InlineData("aws_rds_engine_version", """{ "engine": "aurora-mysql" }""", "parameter_group_family", @"^aurora-mysql8\.0$")]
    [InlineData("aws_rds_engine_version", """{ "engine": "aurora-postgresql", "parameter_group_family": "aurora-postgresql15" }""", "version", @"^15\.\d+$")]
    [InlineData("aws_rds_engine_version", """{ "engine": "mysql", "preferred_versions": ["8.4.6", "8.4.5"] }""", "version", @"^8\.4\.6$")]
    [InlineData("aws_vpc_endpoint_service", """{ "service": "sqs" }""", "service_name", @"^com\.amazonaws\.eu-central-1\.sqs$")]
    [InlineData("aws_vpc_endpoint_service", """{ "service": "ecr.api" }""", "private_dns_name", @"^api\.ecr\.eu-central-1\.amazonaws\.com$")]
    [InlineData(
        "aws_vpc_endpoint_service", """{ "service": "s3", "filter": [{ "name": "service-type", "values": ["Gateway"] }] }""", "service_type", "^Gateway$")]
    [InlineData("aws_vpc_endpoint_service", """{ "service_name": "com.amazonaws.eu-central-1.logs" }""", "service_id", "^vpce-svc-[0-9a-f]{17}$")]
    public void A_value_has_its_shape_and_stays_the_same(string type, string arguments, string attribute, string pattern)
    {
        var first = Ask.Data(type, arguments);
        var value = first[attribute].AsText ?? first[attribute].ToString();

        Assert.Matches(new Regex(pattern), value);
        Assert.Equal(first, Ask.Data(type, arguments));
    }

    [Theory]
    [InlineData("aws_ssm_parameter", """{ "name": "/orders/database" }""")]
    [InlineData("aws_iam_policy", """{ "arn": "arn:aws:iam::123456789012:policy/orders" }""")]
    [InlineData("aws_iam_policy", """{ "name": "orders" }""")]
    [InlineData("aws_kms_alias", """{ "name": "alias/orders" }""")]
    [InlineData("aws_ec2_managed_prefix_list", """{ "name": "offices" }""")]
    [InlineData("aws_ec2_managed_prefix_list", """{ "id": "pl-0123456789abcdef0" }""")]
    [InlineData("aws_vpc_endpoint_service", """{ "service_name": "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0" }""")]
    public void What_an_account_owns_is_left_to_the_cloud(string type, string arguments) => Assert.Null(Ask.MayKnow(type, arguments));

    [Theory]
    [InlineData("aws_ami", """{ "most_recent": true }""", "Most Recent Image Not Filtered")]
    [InlineData("aws_ssm_parameter", """{ "name": "/aws/service/nothing" }""", "couldn't find resource")]
    [InlineData("aws_ec2_instance_type", """{ "instance_type": "m5.huge" }""", "InvalidInstanceType")]
    [InlineData("aws_eks_addon_version", """{ "addon_name": "vpc-cni", "kubernetes_version": "latest" }""", "unsupported Kubernetes version")]
    [InlineData("aws_rds_engine_version", """{ "engine": "postgress" }""", "no RDS engine versions match the criteria")]
    [InlineData("aws_vpc_endpoint_service", """{ "service": "s3" }""", "multiple EC2 VPC Endpoint Services matched")]
    [InlineData("aws_vpc_endpoint_service", """{ "service": "sqs", "service_type": "Gateway" }""", "no matching EC2 VPC Endpoint Service found")]
    [InlineData("aws_ecrpublic_authorization_token", "{}", "no such host")]
    [InlineData("http", """{ "url": "https://checkip.amazonaws.com" }""", "no network")]
    [InlineData("external", """{ "program": ["sh", "-c", "date"] }""", "starts no programs")]
    public void What_cannot_be_is_refused(string type, string arguments, string why) =>
        Assert.Contains(why, Ask.Refused(type, arguments).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_region_or_name_gets_another_image()
    {
        string Id(string name, string region) => Ask.Data("aws_ami", $$"""{ "owners": ["amazon"], "region": "{{region}}", "filter": [{ "name": "name", "values": ["{{name}}"] }] }""")["id"].AsText!;

        Assert.Equal(3, new[] { Id("one-*", "eu-west-1"), Id("one-*", "eu-west-2"), Id("two-*", "eu-west-1") }.Distinct().Count());
    }

    [Fact]
    public void Types_are_offered_in_every_zone()
    {
        var answer = Ask.Data(
            "aws_ec2_instance_type_offerings",
            """{ "location_type": "availability-zone", "filter": [{ "name": "instance-type", "values": ["t3.micro", "p5.48xlarge"] }, { "name": "location", "values": ["eu-central-1a", "eu-central-1b"] }] }""");

        Assert.Equal("""["t3.micro","t3.micro","p5.48xlarge","p5.48xlarge",]""", answer["instance_types"].ToString());
        Assert.Equal("""["eu-central-1a","eu-central-1b","eu-central-1a","eu-central-1b",]""", answer["locations"].ToString());
    }

    [Fact]
    public void A_policy_whose_text_is_not_known_has_none()
    {
        Assert.True(Ask.Data("aws_iam_policy", """{ "name": "SecurityAudit" }""")["policy"].IsNull);
        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
            Ask.Data("aws_iam_policy", """{ "name": "AdministratorAccess" }""")["policy"].AsText);
    }
}
