namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class Administrators() : ResourcePolicy(
    "IAM-4",
    "A user's key does not end, and an administrator's mistake has no limit.",
    ["CKV_AWS_273", "CKV_AWS_274"],
    [
        "aws_iam_user", "aws_iam_access_key", "aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment",
        "aws_iam_policy_attachment", "aws_iam_role",
    ])
{
    private static readonly string[] Administering = ["/AdministratorAccess", "/IAMFullAccess", "/PowerUserAccess"];

    public override Verdict Judge(Subject subject) => subject.Resource.Type switch
    {
        "aws_iam_user" => Verdict.Fail("it is a user: people sign in through an identity provider, programs take a role"),
        "aws_iam_access_key" => Verdict.Fail("it is a key that does not end: programs take a role"),
        "aws_iam_role" => subject.HasExpression("inline_policy") || subject.HasExpression("managed_policy_arns")
            ? Verdict.Fail("it says itself what it may do, where no policy looks: use aws_iam_role_policy or aws_iam_role_policy_attachment")
            : Verdict.Pass,
        _ => subject.Value("policy_arn") switch
        {
            { IsKnown: true, Value: { } arn } => Administering.FirstOrDefault(name => ((string)arn!).EndsWith(name, StringComparison.Ordinal)) is { } found
                ? Verdict.Fail($"it attaches {found[1..]}")
                : Verdict.Pass,
            _ => subject.Referred("policy_arn") is [{ Type: "aws_iam_policy", Mode: "managed" }, ..] ? Verdict.Pass : Verdict.Unknown("policy_arn"),
        },
    };
}
