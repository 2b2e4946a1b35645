using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.Iam;

internal sealed class GitHubSubjects() : ResourcePolicy(
    "IAM-6",
    "A role that any workflow of GitHub may take belongs to anyone who has an account there. Every statement counts, not the first alone.",
    ["CKV_AWS_393", "CKV_AWS_358"],
    ["aws_iam_role"])
{
    private const string Issuer = "token.actions.githubusercontent.com";

    public override Verdict Judge(Subject subject) => Statements.Of(subject, "assume_role_policy") is { } statements
        ? Verdict.WorstOf(statements.Where(statement => statement.Allows && IsOfGitHub(statement)).Select(Judge))
        : Verdict.Unknown("assume_role_policy");

    // A provider that this plan makes has an ARN that is not known yet: it may be GitHub's, unless the conditions are about another issuer's claims.
    private static bool IsOfGitHub(Statement statement) =>
        Federated(statement).Any(id => id.EndsWith(Issuer, StringComparison.Ordinal))
        || (Federated(statement).Contains(Statement.Computed)
            && statement.Conditions.All(condition => !condition.Variable.EndsWith(":sub", StringComparison.Ordinal)))
        || statement.Conditions.Any(condition => condition.Variable.StartsWith(Issuer, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Federated(Statement statement) =>
        statement.Principals.Where(principal => principal.Type is "Federated").SelectMany(principal => principal.Identifiers);

    private static Verdict Judge(Statement statement) => Verdict.WorstOf(Exact(statement, "aud"), Exact(statement, "sub"));

    private static Verdict Exact(Statement statement, string claim)
    {
        Condition[] conditions = [.. statement.On($"{Issuer}:{claim}")];

        return conditions is [] ? Verdict.Fail($"{statement} does not look at {claim}")
            : conditions.FirstOrDefault(condition => condition.Test is not "StringEquals") is { } loose
                ? Verdict.Fail($"{statement} compares {claim} with {loose.Test}: write StringEquals")
            : conditions.SelectMany(condition => condition.Values).Any(value => value.Contains('*') || value is Statement.Computed)
                ? Verdict.Fail($"{statement} takes a {claim} that is not exact")
            : Verdict.Pass;
    }
}
