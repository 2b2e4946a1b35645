using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.Iam;

/// <summary>Resources whose attribute <c>policy</c> says what an identity may do.</summary>
internal static class PolicyTypes
{
    public static string[] All { get; } = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy"];

    /// <summary>Judges each statement that allows something.</summary>
    public static Verdict Each(Subject subject, Func<Statement, Verdict> judge) => Statements.Of(subject, "policy") is { } statements
        ? Verdict.WorstOf(statements.Where(statement => statement.Allows).Select(judge))
        : Verdict.Unknown("policy");
}
