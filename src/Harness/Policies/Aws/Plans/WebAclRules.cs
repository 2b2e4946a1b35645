namespace Causeway.Harness.Policies.Aws.Plans;

/// <summary>https://github.com/hashicorp/terraform-provider-aws/issues/47875</summary>
internal sealed class WebAclRules() : ResourcePolicy(
    "PLN-2",
    "The provider's schema of a single rule is so deep that each resource of it takes about 170 MB of memory: thirty of them end a runner.",
    [],
    ["aws_wafv2_web_acl", Rule])
{
    private const string Rule = "aws_wafv2_web_acl_rule";

    public override IReadOnlyList<VerdictKind> Verdicts => [VerdictKind.Pass, VerdictKind.Fail];

    public override Verdict Judge(Subject subject) => subject.Resource.Type is Rule
        ? Verdict.Fail("it is a rule by itself: write it as a block `rule` of its aws_wafv2_web_acl")
        : Verdict.Pass;
}
