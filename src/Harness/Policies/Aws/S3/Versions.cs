namespace Causeway.Harness.Policies.Aws.S3;

internal sealed class Versions() : ResourcePolicy(
    "S3-4",
    "What is overwritten in a bucket without versions is gone; access lists give what no policy shows.",
    ["CKV_AWS_21", "CKV2_AWS_65", "AWS-0090"],
    ["aws_s3_bucket"])
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        Each(subject, "aws_s3_bucket_versioning", ["versioning_configuration", "0", "status"], "Enabled"),
        Each(subject, "aws_s3_bucket_ownership_controls", ["rule", "0", "object_ownership"], "BucketOwnerEnforced"));

    private static Verdict Each(Subject bucket, string type, string[] path, string wanted)
    {
        Subject[] found = [.. bucket.ReferredBy(type, "bucket")];

        return found is []
            ? Verdict.Fail($"no {type} is about it")
            : Verdict.WorstOf(found.Select(one => one.Value(path) switch
            {
                { IsKnown: false } => Verdict.Unknown(string.Join('.', path)),
                { Value: { } value } when (string?)value == wanted => Verdict.Pass,
                var other => Verdict.Fail($"{path[^1]} is {other.Value}, and {wanted} is wanted"),
            }));
    }
}
