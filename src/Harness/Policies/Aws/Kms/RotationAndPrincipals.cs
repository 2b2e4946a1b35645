using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.Kms;

internal sealed class RotationAndPrincipals() : ResourcePolicy(
    "KMS-1",
    "A key that is never rotated or that anyone may use protects nothing for long.",
    ["CKV_AWS_7", "CKV_AWS_33", "AWS-0065"],
    ["aws_kms_key", "aws_kms_key_policy"])
{
    // What narrows a statement about anyone to callers of one account or one organisation.
    private static readonly string[] Narrowing = ["kms:CallerAccount", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:SourceAccount", "aws:SourceArn"];

    public override Verdict Judge(Subject subject) =>
        subject.Resource.Type is "aws_kms_key" ? Verdict.WorstOf(Rotation(subject), Principals(subject)) : Principals(subject);

    // Asymmetric keys and keys for MACs cannot be rotated by AWS.
    private static Verdict Rotation(Subject subject) =>
        subject.Value("customer_master_key_spec") is { IsKnown: true, Value: { } spec } && (string?)spec is not "SYMMETRIC_DEFAULT"
            ? Verdict.Pass
            : subject.IsAbsent("enable_key_rotation")
                ? Verdict.Fail("it is not rotated")
                : subject.IsOn("it is not rotated", "enable_key_rotation");

    // Without a policy of its own a key has AWS's default: the account decides through IAM.
    private static Verdict Principals(Subject subject) =>
        !subject.HasExpression("policy")
            ? Verdict.Pass
            : Statements.Of(subject, "policy") is not { } statements
                ? Verdict.Unknown("policy")
                : Verdict.WorstOf(statements
                    .Where(statement => statement.Allows && statement.Principals.Any(principal => principal.IsAnyone))
                    .Where(statement => !Narrowing.Any(statement.IsLimitedBy))
                    .Select(statement => Verdict.Fail($"{statement} is about anyone")));
}
