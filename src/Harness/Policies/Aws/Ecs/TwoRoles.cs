namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class TwoRoles() : ResourcePolicy(
    "ECS-3",
    "A program that runs in the role that starts it may read what only starting it needs: its images, its secrets.",
    ["CKV_AWS_249"],
    Containers.Types)
{
    public override Verdict Judge(Subject subject) =>
        !subject.HasExpression("task_role_arn") || !subject.HasExpression("execution_role_arn") ? Verdict.Pass
        : (Roles(subject, "task_role_arn"), Roles(subject, "execution_role_arn")) switch
        {
            (null, _) => Verdict.Unknown("task_role_arn"),
            (_, null) => Verdict.Unknown("execution_role_arn"),
            ([var task], [var execution]) when task == execution => Verdict.Fail("task role and execution role are the same"),
            var (task, execution) => task.Intersect(execution).Any() ? Verdict.Unknown("task_role_arn") : Verdict.Pass,
        };

    // The ARN of a role that is there, or the addresses of those that it may be: roles that the plan makes are not any other. A module's argument may hold more
    // than the role; of that, nothing of AWS's own is a role's ARN, but what holds any value may be.
    private static IReadOnlyList<string>? Roles(Subject subject, string attribute)
    {
        if (subject.Value(attribute) is { IsKnown: true, Value: { } arn })
        {
            return [(string)arn!];
        }

        var addresses = subject.References.Of(subject.Resource, attribute);
        string[] roles = [.. subject.Referred(attribute).Where(referred => referred.Type is "aws_iam_role").Select(role => role.Address)];

        return roles is [] || addresses.Any(address => !PlanReferences.TypeOf(address).StartsWith("aws_", StringComparison.Ordinal)) ? null : roles;
    }
}
