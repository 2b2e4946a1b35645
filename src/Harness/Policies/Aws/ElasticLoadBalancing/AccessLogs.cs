namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

internal sealed class AccessLogs() : ResourcePolicy(
    "ALB-2",
    "Without access logs an attack leaves no trace of who asked for what.",
    ["CKV_AWS_91"],
    ["aws_lb"])
{
    public override Verdict Judge(Subject subject) => subject.Blocks("access_logs") switch
    {
        null => Verdict.Unknown("access_logs"),
        [] => Verdict.Fail("it keeps no access logs"),
        _ => subject.IsOn("its access logs are off", "access_logs", "0", "enabled"),
    };
}
