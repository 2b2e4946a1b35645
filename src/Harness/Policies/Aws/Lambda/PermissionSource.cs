using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Aws.Lambda;

internal sealed class PermissionSource() : ResourcePolicy(
    "LAM-4",
    "A permission for a service of AWS lets everybody's resources of that service call the function, unless it names the one that may.",
    ["CKV_AWS_364", "AWS-0067"],
    ["aws_lambda_permission"])
{
    public override Verdict Judge(Subject subject) => subject.Value("principal") switch
    {
        { IsKnown: false } => Verdict.Unknown("principal"),
        { Value: JsonValue principal } when $"{principal}" is "*" => IsGiven(subject, "principal_org_id", "everybody may call the function: name a principal"),
        { Value: JsonValue principal } when $"{principal}".Contains(".amazonaws.", StringComparison.Ordinal) => Source(subject),
        _ => Verdict.Pass,
    };

    private static Verdict Source(Subject permission) => permission.Value("source_arn") switch
    {
        { IsKnown: true, Value: JsonValue arn } => $"{arn}".Split(':') switch
        {
            [_, _, _, _, { Length: 12 } account, ..] when account.All(char.IsAsciiDigit) => Verdict.Pass,
            [_, _, _, _, _, not "*", ..] => Account(permission),
            _ => Verdict.Fail($"its source_arn is {arn}, which is everything: name the resource that calls the function"),
        },
        { IsKnown: false } when Sources(permission) is { Length: > 0 } sources =>
            sources.Any(source => source.Type is "aws_s3_bucket") ? Account(permission) : Verdict.Pass,
        { IsKnown: false } when permission.HasExpression("source_arn") => Verdict.Unknown("source_arn"),
        _ => Verdict.Fail("it has no source_arn: name the resource that calls the function"),
    };

    // Other resources give no ARN of their own.
    private static ResourceChange[] Sources(Subject permission) =>
        [.. permission.Referred("source_arn").Where(source => source.Mode is "managed" && source.Type.StartsWith("aws_", StringComparison.Ordinal))];

    // The name of a bucket that is deleted is free for another account.
    private static Verdict Account(Subject permission) =>
        IsGiven(permission, "source_account", "its source_arn names no account: add source_account");

    private static Verdict IsGiven(Subject permission, string attribute, string otherwise) => permission.Value(attribute) switch
    {
        { IsKnown: true, Value: JsonValue } => Verdict.Pass,
        { IsKnown: false } when permission.HasExpression(attribute) => Verdict.Unknown(attribute),
        _ => Verdict.Fail(otherwise),
    };
}
