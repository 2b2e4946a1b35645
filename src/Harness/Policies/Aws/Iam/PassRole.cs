namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class PassRole() : ResourcePolicy(
    "IAM-3",
    "Who may pass any role to a service has what that role may do.",
    ["AWS-0342"],
    PolicyTypes.All)
{
    private static readonly string[] Action = ["iam:PassRole"];

    public override Verdict Judge(Subject subject) => PolicyTypes.Each(subject, statement =>
        !statement.Concerns(Action).Any() ? Verdict.Pass
        : statement.AllButResources || statement.Resources.Any(Roles.IsAny) ? Verdict.Fail($"{statement} may pass any role")
        : !statement.IsLimitedBy("iam:PassedToService") ? Verdict.Fail($"{statement} may pass a role to any service: add a condition on iam:PassedToService")
        : Verdict.Pass);
}
