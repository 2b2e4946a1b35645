namespace Causeway.Harness.Policies.Aws.Network;

internal sealed class FlowLogsAndDefaultGroup() : ResourcePolicy(
    "NET-3",
    "Without flow logs an intrusion leaves no trace in the network; the default group lets everything in it talk to everything.",
    ["CKV2_AWS_11", "CKV2_AWS_12"],
    ["aws_vpc"])
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(FlowLogs(subject), DefaultGroup(subject));

    private static Verdict FlowLogs(Subject vpc) =>
        vpc.ReferredBy("aws_flow_log", "vpc_id").Any() ? Verdict.Pass : Verdict.Fail("no flow log is about it");

    private static Verdict DefaultGroup(Subject vpc)
    {
        Subject[] groups = [.. vpc.ReferredBy("aws_default_security_group", "vpc_id")];

        return groups is []
            ? Verdict.Fail("its default security group keeps AWS's rules: take it over with aws_default_security_group, without rules")
            : Verdict.WorstOf(groups.SelectMany(group => new[] { "ingress", "egress" }.Select(name =>
                group.Blocks(name) is { Count: > 0 } ? Verdict.Fail($"its default security group has {name} rules")
                : group.Blocks(name) is null && group.HasExpression(name) ? Verdict.Unknown($"{name} of its default security group")
                : Verdict.Pass)));
    }
}
