namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class Escalation() : ResourcePolicy(
    "IAM-2",
    "Who may write permissions has all of them; who may read any secret has them too.",
    ["CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289"],
    PolicyTypes.All)
{
    // Each of them is enough to gain what the caller does not have.
    private static readonly string[] Escalating =
    [
        "iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:CreateLoginProfile",
        "iam:CreatePolicyVersion", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy", "iam:SetDefaultPolicyVersion", "iam:UpdateLoginProfile",
    ];

    // Who may decide who takes a role has it. IAM knows no boundary for this action: the roles are what limits it.
    private static readonly string[] Trust = ["iam:UpdateAssumeRolePolicy"];

    private static readonly string[] Exfiltrating = ["s3:GetObject", "secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters"];

    public override Verdict Judge(Subject subject) => PolicyTypes.Each(subject, statement =>
        !statement.IsLimitedBy("iam:PermissionsBoundary") && statement.Concerns(Escalating).FirstOrDefault() is { } escalating
            ? Verdict.Fail($"{statement} allows {escalating} without a condition on iam:PermissionsBoundary")
        : statement.Concerns(Trust).Any() && (statement.AllButResources || statement.Resources.Any(Roles.IsAny))
            ? Verdict.Fail($"{statement} may decide who takes any role")
        : statement.IsOfAnyResource && statement.Concerns(Exfiltrating).FirstOrDefault() is { } exfiltrating
            ? Verdict.Fail($"{statement} allows {exfiltrating} of any resource")
        : Verdict.Pass);
}
