using Causeway.Harness.Policies.Iam;

namespace Causeway.Harness.Policies.Aws.S3;

internal sealed class OverTls() : ResourcePolicy(
    "S3-2",
    "What is sent without TLS is read on the way; what anyone may do, anyone does.",
    ["CKV_AWS_70", "CKV_AWS_379"],
    ["aws_s3_bucket"])
{
    public override Verdict Judge(Subject subject)
    {
        Subject[] found = [.. subject.ReferredBy("aws_s3_bucket_policy", "bucket")];

        return found is [] ? Verdict.Fail("it has no policy that refuses what comes without TLS") : Verdict.WorstOf(found.Select(Policy));
    }

    private static Verdict Policy(Subject policy) => Statements.Of(policy, "policy") switch
    {
        null => Verdict.Unknown("the bucket's policy"),
        var statements when !statements.Any(RefusesWithoutTls) =>
            Verdict.Fail("its policy does not refuse what comes without TLS, from anyone and for every action"),
        var statements => statements.FirstOrDefault(statement => statement.Allows && statement.Principals.Any(principal => principal.IsAnyone)
            && statement.Conditions is []) is { } open
                ? Verdict.Fail($"{open} allows something to anyone")
                : Verdict.Pass,
    };

    // What is not known yet is taken for both.
    private static bool IsOfBucketAndObjects(IReadOnlyList<string> resources) =>
        resources.Contains("*")
        || resources.Contains(Statement.Computed)
        || (resources.Any(resource => resource.EndsWith("/*", StringComparison.Ordinal)) && resources.Any(resource => !resource.Contains('/')));

    private static bool RefusesWithoutTls(Statement statement) =>
        !statement.Allows
        && statement.Principals.Any(principal => principal.IsAnyone)
        && statement.Concerns(["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject"]).Count() == 4
        && IsOfBucketAndObjects(statement.Resources)
        && statement.Conditions is [{ Test: "Bool", Values: ["false"] } only]
        && string.Equals(only.Variable, "aws:SecureTransport", StringComparison.OrdinalIgnoreCase);
}
