namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

internal sealed class LogsAndProtection() : ResourcePolicy(
    "ALB-2",
    "An attack leaves no trace, is not stopped at the door, or one wrong plan takes every service behind it off the net.",
    ["CKV_AWS_91", "CKV_AWS_150", "CKV2_AWS_28", "AWS-0053"],
    ["aws_lb"])
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        subject.IsOn("it can be deleted by mistake: set enable_deletion_protection", "enable_deletion_protection"), Logs(subject), Firewall(subject));

    private static Verdict Logs(Subject balancer) => balancer.Blocks("access_logs") switch
    {
        null => Verdict.Unknown("access_logs"),
        [] => Verdict.Fail("it keeps no access logs"),
        _ => balancer.IsOn("its access logs are off", "access_logs", "0", "enabled"),
    };

    // A web ACL is for HTTP; one that only the network reaches is behind other doors.
    private static Verdict Firewall(Subject balancer) =>
        LoadBalancers.IsApplication(balancer) is false || balancer.ReferredBy("aws_wafv2_web_acl_association", "resource_arn").Any() ? Verdict.Pass
        : balancer.Value("internal") switch
        {
            { IsKnown: false } when balancer.HasExpression("internal") => Verdict.Unknown("internal"),
            { IsKnown: true, Value: { } value } when $"{value}" is "true" => Verdict.Pass,
            _ => Verdict.Fail("it faces the internet and no aws_wafv2_web_acl_association is about it"),
        };
}
