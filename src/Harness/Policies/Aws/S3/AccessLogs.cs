namespace Causeway.Harness.Policies.Aws.S3;

internal sealed class AccessLogs() : ResourcePolicy(
    "S3-6",
    "Who read what from a bucket can be found out only if it was written down.",
    ["CKV_AWS_18", "AWS-0089"],
    ["aws_s3_bucket"])
{
    private const string Type = "aws_s3_bucket_logging";

    // A bucket of access logs does not log itself: each log would make another one.
    public override Verdict Judge(Subject subject)
    {
        Subject[] found = [.. subject.ReferredBy(Type, "bucket")];

        return IsTarget(subject) ? Verdict.Pass
            : found is [] ? Verdict.Fail($"no {Type} is about it")
            : Verdict.WorstOf(found.Select(Target));
    }

    /// <summary>Whether access logs of another bucket, or of a load balancer, are written into a bucket.</summary>
    public static bool IsTarget(Subject bucket) =>
        bucket.ReferredBy(Type, "target_bucket").Any(logging => !logging.Referred("bucket").Contains(bucket.Resource))
            || new[] { "access_logs", "connection_logs" }.Any(logs => bucket.ReferredBy("aws_lb", logs).Any());

    private static Verdict Target(Subject logging) => logging.Value("target_bucket") switch
    {
        { IsKnown: true, Value: { } name } when (string?)name is not "" => Verdict.Pass,
        { IsKnown: true } => Verdict.Fail("no bucket takes the logs"),
        _ => logging.Referred("target_bucket").Any(referred => referred.Type is "aws_s3_bucket") ? Verdict.Pass : Verdict.Unknown("target_bucket"),
    };
}
