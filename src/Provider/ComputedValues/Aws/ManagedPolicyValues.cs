using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// The policies that AWS manages, by ARN (<c>arn:aws:iam::aws:policy/…</c>) or, where the name is a well-known one, by name. An account's own are the cloud's.
/// Their contents change with AWS's services and are not known here but for the simplest: an unknown content stays null.
/// </summary>
internal static class ManagedPolicyValues
{
    public static Value? Read(Value config, ProviderContext context)
    {
        var resource = Arn.TryParse(config["arn"].Given() ?? "") is { Service: "iam", Account: "aws" } arn
            && arn.Resource.StartsWith("policy/", StringComparison.Ordinal)
            ? arn.Resource["policy".Length..]
            : config["arn"].Given() is null && config["name"].Given() is { } wanted && Path(wanted) is { } path ? path + wanted : null;

        if (resource is null)
        {
            return null;
        }

        var name = resource[(resource.LastIndexOf('/') + 1)..];
        var text = Value.Of($"arn:{context.Partition}:iam::aws:policy{resource}");

        return Value.Object(
            ("id", text),
            ("arn", text),
            ("attachment_count", Value.Of(0)),
            ("description", Value.Of($"AWS-managed policy {name}.")),
            ("name", Value.Of(name)),
            ("path", Value.Of(resource[..^name.Length])),
            ("policy", Reading.OrNull(Content(name))),
            ("policy_id", Value.Of(Derived.Principal("ANPA", name))),
            ("tags", Value.Object()));
    }

    private static string? Path(string name) => name switch
    {
        "AdministratorAccess" or "IAMFullAccess" or "PowerUserAccess" or "ReadOnlyAccess" or "SecurityAudit" => "/",
        "Billing" or "DatabaseAdministrator" or "NetworkAdministrator" or "SupportUser" or "SystemAdministrator" or "ViewOnlyAccess" => "/job-function/",
        "AmazonEC2RoleforSSM" or "AmazonEBSCSIDriverPolicy" or "AmazonECSTaskExecutionRolePolicy" or "AmazonEFSCSIDriverPolicy" or
            "AmazonRDSEnhancedMonitoringRole" or "AmazonEC2ContainerServiceforEC2Role" or "AWSLambdaBasicExecutionRole" or
            "AWSLambdaDynamoDBExecutionRole" or "AWSLambdaKinesisExecutionRole" or "AWSLambdaSQSQueueExecutionRole" or
            "AWSLambdaVPCAccessExecutionRole" => "/service-role/",
        "AmazonEC2ContainerRegistryPullOnly" or "AmazonEC2ContainerRegistryReadOnly" or "AmazonEC2ContainerRegistryPowerUser" or
            "AmazonEKS_CNI_Policy" or "AmazonEKSBlockStoragePolicy" or "AmazonEKSClusterPolicy" or "AmazonEKSComputePolicy" or
            "AmazonEKSFargatePodExecutionRolePolicy" or "AmazonEKSLoadBalancingPolicy" or "AmazonEKSNetworkingPolicy" or
            "AmazonEKSVPCResourceController" or "AmazonEKSWorkerNodeMinimalPolicy" or "AmazonEKSWorkerNodePolicy" or
            "AmazonDynamoDBFullAccess" or "AmazonDynamoDBReadOnlyAccess" or "AmazonRDSFullAccess" or "AmazonS3FullAccess" or "AmazonS3ReadOnlyAccess" or
            "AmazonSNSFullAccess" or "AmazonSQSFullAccess" or "AmazonSSMManagedInstanceCore" or "AmazonSSMReadOnlyAccess" or
            "AWSXRayDaemonWriteAccess" or "CloudWatchAgentServerPolicy" or "CloudWatchLogsFullAccess" or "SecretsManagerReadWrite" => "/",
        _ => null,
    };

    private static string? Content(string name) => name switch
    {
        "AdministratorAccess" => """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
        "AWSLambdaBasicExecutionRole" => """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""",
        _ => null,
    };
}
