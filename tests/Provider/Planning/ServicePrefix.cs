namespace Causeway.Provider.Planning;

/// <summary>
/// The service in the ARNs of a resource type, which its name mostly begins with. Source of the exceptions:
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
/// </summary>
internal static class ServicePrefix
{
    // The longest beginning that fits counts.
    private static readonly (string Beginning, string Service)[] Exceptions = [.. new[]
    {
        ("alb", "elasticloadbalancing"), ("ami", "ec2"), ("api_gateway", "apigateway"), ("apigatewayv2", "apigateway"), ("appautoscaling", "application-autoscaling"), ("athena", "athena"),
        ("bedrockagent", "bedrock"), ("cloudwatch_event", "events"), ("cloudwatch_log", "logs"), ("cloudwatch_query", "logs"), ("cognito_identity", "cognito-identity"), ("cognito", "cognito-idp"),
        ("config", "config"), ("customer_gateway", "ec2"), ("dax", "dax"), ("db", "rds"), ("default", "ec2"), ("devopsguru", "devops-guru"), ("directory_service", "ds"), ("dms", "dms"), ("docdb", "rds"), ("ebs", "ec2"),
        ("ecrpublic", "ecr-public"), ("efs", "elasticfilesystem"), ("egress", "ec2"), ("eip", "ec2"), ("elastic_beanstalk", "elasticbeanstalk"), ("elasticsearch", "es"), ("elb", "elasticloadbalancing"),
        ("emr", "elasticmapreduce"), ("flow_log", "ec2"), ("instance", "ec2"), ("internet_gateway", "ec2"), ("key_pair", "ec2"), ("kinesis_firehose", "firehose"), ("kinesis_video", "kinesisvideo"), ("kinesisanalyticsv2", "kinesisanalytics"),
        ("launch_configuration", "autoscaling"), ("launch_template", "ec2"), ("lb", "elasticloadbalancing"), ("media_convert", "mediaconvert"), ("msk", "kafka"), ("mskconnect", "kafkaconnect"), ("nat_gateway", "ec2"), ("neptune", "rds"),
        ("network_acl", "ec2"), ("network_interface", "ec2"), ("networkfirewall", "network-firewall"), ("opensearch", "es"), ("opensearchserverless", "aoss"), ("placement_group", "ec2"),
        ("prometheus", "aps"), ("redshiftserverless", "redshift-serverless"), ("resourcegroups", "resource-groups"), ("route_table", "ec2"), ("route53_resolver", "route53resolver"), ("s3control", "s3"), ("s3tables", "s3tables"),
        ("security_group", "ec2"), ("serverlessapplicationrepository", "serverlessrepo"), ("service_discovery", "servicediscovery"), ("sfn", "states"), ("spot", "ec2"), ("ssoadmin", "sso"), ("subnet", "ec2"), ("timestreamwrite", "timestream"),
        ("verifiedaccess", "ec2"), ("volume", "ec2"), ("vpc", "ec2"), ("vpclattice", "vpc-lattice"), ("vpn", "ec2"), ("wafregional", "waf-regional"),
    }.OrderByDescending(exception => exception.Item1.Length)];

    public static string Of(string type)
    {
        var name = type[(type.IndexOf('_') + 1)..];
        var known = Exceptions.FirstOrDefault(exception => name == exception.Beginning || name.StartsWith(exception.Beginning + '_', StringComparison.Ordinal)).Service;

        return known ?? (name.IndexOf('_') is var end and > 0 ? name[..end] : "ec2");
    }
}
