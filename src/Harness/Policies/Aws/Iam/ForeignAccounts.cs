using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class ForeignAccounts() : ResourcePolicy(
    "IAM-7",
    "A role that another account may take is taken for any customer of that account, unless an external id tells them apart.",
    [],
    ["aws_iam_role"])
{
    public override Verdict Judge(Subject subject) => Statements.Of(subject, "assume_role_policy") is { } statements
        ? Verdict.WorstOf(statements.Where(statement => statement.Allows).Select(Judge))
        : Verdict.Unknown("assume_role_policy");

    // What tells apart who comes from an account: a secret of the customer's, the organisation, or the role itself.
    private static readonly string[] Limits = ["sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalArn"];

    // A plan does not say whose account it is for. One that is trusted as a whole counts as another; a role of the same account is named by its ARN.
    private static Verdict Judge(Statement statement) =>
        statement.Principals.Any(principal => principal.IsAnyone) ? Verdict.Fail($"{statement} lets anyone take it")
        : !statement.Principals.Any(principal => principal.Type is "AWS" && principal.Identifiers.Any(IsAccount)) ? Verdict.Pass
        : Limits.Any(statement.IsLimitedBy) ? Verdict.Pass
        : Verdict.Fail($"{statement} lets a whole account take it without sts:ExternalId");

    private static bool IsAccount(string identifier) => identifier.EndsWith(":root", StringComparison.Ordinal) || identifier.All(char.IsDigit);
}
