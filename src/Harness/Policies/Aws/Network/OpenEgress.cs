namespace Causeway.Harness.Policies.Aws.Network;

internal sealed class OpenEgress() : ResourcePolicy(
    "NET-2",
    "What may send anything anywhere can carry data out; and a rule that does not say what it is for is never removed.",
    ["CKV_AWS_382", "CKV_AWS_23", "AWS-0104", "AWS-0124"],
    SecurityRule.Types)
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        SecurityRule.Of(subject).SelectMany(rule => new[] { Egress(rule), Description(rule.Description) }).Append(Group(subject)));

    private static Verdict Group(Subject subject) =>
        subject.Resource.Type is not "aws_security_group" ? Verdict.Pass
        : !subject.HasExpression("description") ? Description("")
        : Description((string?)subject.Value("description").Value);

    private static Verdict Egress(SecurityRule rule) => rule switch
    {
        { IsIngress: true } or { IsFromAnywhere: false } => Verdict.Pass,
        { IsFromAnywhere: null } => Verdict.Unknown("the target of a rule"),
        { Ports: null } => Verdict.Unknown("the ports of a rule"),
        { IsEverything: true } => Verdict.Fail("it lets everything out to anywhere"),
        _ => Verdict.Pass,
    };

    private static Verdict Description(string? description) => description switch
    {
        null => Verdict.Unknown("a description"),
        "" or "Managed by Terraform" => Verdict.Fail("it does not say what it is for: give it a description"),
        _ => Verdict.Pass,
    };
}
