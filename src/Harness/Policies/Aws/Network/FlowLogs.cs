namespace Causeway.Harness.Policies.Aws.Network;

internal sealed class FlowLogs() : ResourcePolicy(
    "NET-3",
    "Without flow logs an intrusion leaves no trace in the network.",
    ["CKV2_AWS_11"],
    ["aws_vpc"])
{
    public override IReadOnlyList<VerdictKind> Verdicts => [VerdictKind.Pass, VerdictKind.Fail];

    public override Verdict Judge(Subject subject) =>
        subject.ReferredBy("aws_flow_log", "vpc_id").Any() ? Verdict.Pass : Verdict.Fail("no flow log is about it");
}
