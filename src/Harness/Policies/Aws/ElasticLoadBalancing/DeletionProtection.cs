namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

internal sealed class DeletionProtection() : ResourcePolicy(
    "ALB-4",
    "One wrong plan takes every service behind a load balancer off the net.",
    ["CKV_AWS_150"],
    ["aws_lb"])
{
    public override Verdict Judge(Subject subject) =>
        subject.IsOn("it can be deleted by mistake: set enable_deletion_protection", "enable_deletion_protection");
}
