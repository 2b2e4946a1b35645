namespace Causeway.Harness.Policies.Aws.Network;

internal sealed class DefaultGroup() : ResourcePolicy(
    "NET-4",
    "The default group lets everything in it talk to everything.",
    ["CKV2_AWS_12"],
    ["aws_vpc"])
{
    public override Verdict Judge(Subject subject)
    {
        Subject[] groups = [.. subject.ReferredBy("aws_default_security_group", "vpc_id")];

        return groups is []
            ? Verdict.Fail("its default security group keeps AWS's rules: take it over with aws_default_security_group, without rules")
            : Verdict.WorstOf(groups.SelectMany(group => new[] { "ingress", "egress" }.Select(name =>
                group.Blocks(name) is { Count: > 0 } ? Verdict.Fail($"its default security group has {name} rules")
                : group.Blocks(name) is null && group.HasExpression(name) ? Verdict.Unknown($"{name} of its default security group")
                : Verdict.Pass)));
    }
}
