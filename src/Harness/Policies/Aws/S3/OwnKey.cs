namespace Causeway.Harness.Policies.Aws.S3;

internal sealed class OwnKey() : ResourcePolicy(
    "S3-3",
    "Who may read a bucket that S3's own key encrypts cannot be decided by a key policy.",
    ["CKV_AWS_145", "AWS-0132"],
    ["aws_s3_bucket"])
{
    public override Verdict Judge(Subject subject)
    {
        Subject[] found = [.. subject.ReferredBy("aws_s3_bucket_server_side_encryption_configuration", "bucket")];

        return found is []
            ? Verdict.Fail("no aws_s3_bucket_server_side_encryption_configuration is about it")
            : Verdict.WorstOf(found.Select(encryption => Encryption(encryption, AccessLogs.IsTarget(subject))));
    }

    // Access logs are documented to come into buckets without a key of KMS only.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    private static Verdict Encryption(Subject encryption, bool isTarget)
    {
        string[] way = ["rule", "0", "apply_server_side_encryption_by_default", "0"];

        return encryption.Value([.. way, "sse_algorithm"]) switch
        {
            { IsKnown: false } => Verdict.Unknown("sse_algorithm"),
            { Value: { } algorithm } when isTarget && (string?)algorithm is "AES256" => Verdict.Pass,
            { Value: { } algorithm } when (string?)algorithm is not ("aws:kms" or "aws:kms:dsse") => Verdict.Fail($"it is encrypted by {algorithm}"),
            _ => encryption.HasKey("no key is named", [.. way, "kms_master_key_id"]),
        };
    }
}
