using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class Boundaries() : ResourcePolicy(
    "IAM-5",
    "Who makes roles without a limit makes one that may do what its maker may not.",
    [],
    PolicyTypes.All)
{
    private const string Boundary = "iam:PermissionsBoundary";

    // What gives a role its limit, or another one.
    private static readonly string[] Giving = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"];

    private static readonly string[] Taking = ["iam:DeleteRolePermissionsBoundary"];

    // With these a denial holds for all but some values of a key, and where there is none.
    private static readonly string[] Others = ["StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike"];

    public override Verdict Judge(Subject subject) => Statements.Of(subject, "policy") is not { } statements
        ? Verdict.Unknown("policy")
        : Verdict.WorstOf(
        [
            .. from statement in statements
               where statement.Allows && !statement.IsLimitedBy(Boundary)
               from action in statement.Concerns(Giving)
               where !statements.Any(other => Denies(other, action) && IsAboutOtherBoundaries(other))
               select Verdict.Fail($"{statement} allows {action} without a condition on {Boundary}"),
            .. from statement in statements
               where statement.Allows
               from action in statement.Concerns(Taking)
               where !statements.Any(other => Denies(other, action) && other.Conditions is [])
               select Verdict.Fail($"{statement} allows {action}: a limit that can be taken away is none"),
        ]);

    private static bool Denies(Statement statement, string action) =>
        !statement.Allows && statement.Concerns([action]).Any() && statement is { AllButResources: false } && statement.Resources.Contains("*");

    private static bool IsAboutOtherBoundaries(Statement statement) =>
        statement.Conditions is [] || (statement.Conditions is [var only] && Others.Contains(only.Test) && statement.On(Boundary).Any());
}
