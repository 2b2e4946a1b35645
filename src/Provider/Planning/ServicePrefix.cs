namespace Causeway.Provider.Planning;

/// <summary>
/// The service in the ARNs of a resource type, which its name mostly begins with. Source of the exceptions:
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
/// </summary>
internal static class ServicePrefix
{
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["aoss"] = "opensearchserverless",
        ["apigateway"] = "api_gateway apigatewayv2",
        ["application-autoscaling"] = "appautoscaling",
        ["aps"] = "prometheus",
        ["autoscaling"] = "launch_configuration",
        ["bedrock"] = "bedrockagent",
        ["cloudtrail"] = "cloudtrail",
        ["cognito-identity"] = "cognito_identity",
        ["cognito-idp"] = "cognito",
        ["devops-guru"] = "devopsguru",
        ["ds"] = "directory_service",
        ["ec2"] =
            "ami customer_gateway default ebs egress eip flow_log instance internet_gateway key_pair launch_template " +
            "main_route_table nat_gateway network_acl network_interface placement_group route route_table security_group " +
            "spot subnet verifiedaccess volume vpc vpn",
        ["ecr-public"] = "ecrpublic",
        ["elasticbeanstalk"] = "elastic_beanstalk",
        ["elasticfilesystem"] = "efs",
        ["elasticloadbalancing"] = "alb elb lb",
        ["elasticmapreduce"] = "emr",
        ["es"] = "elasticsearch opensearch",
        ["events"] = "cloudwatch_event",
        ["firehose"] = "kinesis_firehose",
        ["kafka"] = "msk",
        ["kafkaconnect"] = "mskconnect",
        ["kinesisanalytics"] = "kinesisanalyticsv2",
        ["kinesisvideo"] = "kinesis_video",
        ["logs"] = "cloudwatch_log cloudwatch_query",
        ["mediaconvert"] = "media_convert",
        ["network-firewall"] = "networkfirewall",
        ["rds"] = "db docdb neptune",
        ["redshift-serverless"] = "redshiftserverless",
        ["resource-groups"] = "resourcegroups",
        ["route53resolver"] = "route53_resolver",
        ["s3"] = "s3control",
        ["serverlessrepo"] = "serverlessapplicationrepository",
        ["servicediscovery"] = "service_discovery",
        ["sso"] = "ssoadmin",
        ["states"] = "sfn",
        ["timestream"] = "timestreamwrite",
        ["vpc-lattice"] = "vpclattice",
        ["waf-regional"] = "wafregional",
    };

    // The longest beginning that fits counts.
    private static readonly (string Beginning, string Service)[] ByBeginning =
    [
        .. Exceptions
            .SelectMany(exception => exception.Value.Split(' ').Select(beginning => (beginning, exception.Key)))
            .OrderByDescending(exception => exception.beginning.Length),
    ];

    public static string Of(string type)
    {
        var name = type[(type.IndexOf('_') + 1)..];
        var known = ByBeginning.FirstOrDefault(
            exception => name == exception.Beginning || name.StartsWith(exception.Beginning + '_', StringComparison.Ordinal)).Service;

        // Types of a single word are mostly EC2's.
        return known ?? (name.Split('_') is [var service, _, ..] ? service : "ec2");
    }
}
