namespace Causeway.Harness.Policies.Aws.Logs;

internal sealed class RetentionAndKey() : ResourcePolicy(
    "LOG-1",
    "Logs that are gone within a year, or that every reader of the account can read, are not evidence.",
    ["CKV_AWS_338", "CKV_AWS_158", "AWS-0017"],
    ["aws_cloudwatch_log_group"])
{
    private const int Days = 365;

    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        Retention(subject), subject.HasKey("it is not encrypted with a key of this account", "kms_key_id"));

    // 0: kept for ever.
    private static Verdict Retention(Subject subject) => subject.Value("retention_in_days") switch
    {
        { IsKnown: false } when subject.IsAbsent("retention_in_days") => Verdict.Pass,
        { IsKnown: false } => Verdict.Unknown("retention_in_days"),
        { Value: { } days } when (int)days is 0 or >= Days => Verdict.Pass,
        var planned => Verdict.Fail($"it keeps logs for {planned.Value} days, and {Days} are wanted"),
    };
}
