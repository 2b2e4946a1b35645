namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class TwoRoles() : Policy(
    "ECS-3",
    "A program that runs in the role that starts it may read what only starting it needs: its images, its secrets.",
    ["CKV_AWS_249"],
    Containers.Types)
{
    public override Verdict Judge(Subject subject) =>
        !subject.HasExpression("task_role_arn") || !subject.HasExpression("execution_role_arn") ? Verdict.Pass
        : (Role(subject, "task_role_arn"), Role(subject, "execution_role_arn")) switch
        {
            (null, _) => Verdict.Unknown("task_role_arn"),
            (_, null) => Verdict.Unknown("execution_role_arn"),
            var (task, execution) => task == execution ? Verdict.Fail("task role and execution role are the same") : Verdict.Pass,
        };

    // The ARN of a role that is there, or the address of one that the plan makes: they are never the same role.
    private static string? Role(Subject subject, string attribute) =>
        subject.Value(attribute) is { IsKnown: true, Value: { } arn } ? (string?)arn
        : subject.Referred(attribute) is [{ Type: "aws_iam_role", Mode: "managed" } made] ? made.Address
        : null;
}
