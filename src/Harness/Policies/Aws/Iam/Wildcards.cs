using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class Wildcards() : ResourcePolicy(
    "IAM-1",
    "What may do everything, or one thing to everything, does more than its owner knows.",
    ["CKV_AWS_63", "CKV_AWS_355", "AWS-0057"],
    PolicyTypes.All)
{
    // Actions that AWS allows for all resources or for none.
    // https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    private static readonly string[] WithoutResource =
    [
        "acm:ListCertificates", "autoscaling:Describe", "cloudwatch:GetMetricData", "cloudwatch:PutMetricData", "ec2:Describe", "ecr:GetAuthorizationToken",
        "ecs:DiscoverPollEndpoint", "elasticloadbalancing:Describe", "kms:ListAliases", "logs:DescribeLogGroups", "route53:ListHostedZones",
        "s3:ListAllMyBuckets", "ssmmessages:", "sts:GetCallerIdentity", "xray:GetSampling", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
    ];

    public override Verdict Judge(Subject subject) => PolicyTypes.Each(subject, statement =>
        statement.AllButActions ? Verdict.Fail($"{statement} allows all actions but some")
        : statement.Actions.FirstOrDefault(action => action is "*" || action.EndsWith(":*", StringComparison.Ordinal)) is { } all
            ? Verdict.Fail($"{statement} allows {all}")
        : statement.IsOfAnyResource && statement.Actions.FirstOrDefault(action => !IsWithoutResource(action)) is { } any
            ? Verdict.Fail($"{statement} allows {any} of any resource")
        : Verdict.Pass);

    private static bool IsWithoutResource(string action) => WithoutResource.Any(known => action.StartsWith(known, StringComparison.OrdinalIgnoreCase));
}
