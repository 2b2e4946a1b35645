namespace Causeway.Harness.Policies.Aws.S3;

internal sealed class PublicAccess() : ResourcePolicy(
    "S3-1",
    "A bucket is public by one wrong policy or list, unless all four blocks stand before it.",
    ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "AWS-0086", "AWS-0087", "AWS-0091", "AWS-0093"],
    ["aws_s3_bucket"])
{
    private static readonly string[] Blocks = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

    public override Verdict Judge(Subject subject)
    {
        Subject[] found = [.. subject.ReferredBy("aws_s3_bucket_public_access_block", "bucket")];

        return found is []
            ? Verdict.Fail("no aws_s3_bucket_public_access_block is about it")
            : Verdict.WorstOf(found.SelectMany(one => Blocks.Select(block => one.IsAbsent(block)
                ? Verdict.Fail($"{block} is off")
                : one.IsOn($"{block} is off", block))));
    }
}
