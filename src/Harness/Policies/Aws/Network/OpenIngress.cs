namespace Causeway.Harness.Policies.Aws.Network;

internal sealed class OpenIngress() : ResourcePolicy(
    "NET-1",
    "Ports of administration that the internet reaches are found within minutes.",
    ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_277", "AWS-0107"],
    SecurityRule.Types)
{
    private static readonly int[] Administration = [22, 3389];

    public override Verdict Judge(Subject subject) => Verdict.WorstOf(SecurityRule.Of(subject).Where(rule => rule.IsIngress is not false).Select(rule =>
        rule.IsFromAnywhere switch
        {
            false => Verdict.Pass,
            null => Verdict.Unknown("the source of a rule"),
            true when rule.Ports is null => Verdict.Unknown("the ports of a rule"),
            true when rule.IsEverything || Administration.Any(port => rule.Ports is { } ports && ports.From <= port && port <= ports.To) =>
                Verdict.Fail("it lets anyone reach every port, 22 or 3389"),
            _ => Verdict.Pass,
        }));
}
