namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

internal sealed class Firewall() : ResourcePolicy(
    "ALB-5",
    "Without a firewall, requests of a known attack reach the services.",
    ["CKV2_AWS_28"],
    ["aws_lb"])
{
    // A web ACL is for HTTP; one that only the network reaches is behind other doors.
    public override Verdict Judge(Subject subject) =>
        LoadBalancers.IsApplication(subject) is false || subject.ReferredBy("aws_wafv2_web_acl_association", "resource_arn").Any() ? Verdict.Pass
        : subject.Value("internal") switch
        {
            { IsKnown: false } when subject.HasExpression("internal") => Verdict.Unknown("internal"),
            { IsKnown: true, Value: { } value } when $"{value}" is "true" => Verdict.Pass,
            _ => Verdict.Fail("it faces the internet and no aws_wafv2_web_acl_association is about it"),
        };
}
