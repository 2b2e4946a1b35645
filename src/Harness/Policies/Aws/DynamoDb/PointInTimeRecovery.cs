namespace Causeway.Harness.Policies.Aws.DynamoDb;

internal sealed class PointInTimeRecovery() : ResourcePolicy(
    "DDB-1",
    "A table without point-in-time recovery is lost with the first wrong write.",
    ["CKV_AWS_28", "AWS-0024"],
    ["aws_dynamodb_table"])
{
    public override Verdict Judge(Subject subject) => subject.Blocks("point_in_time_recovery") switch
    {
        null => Verdict.Unknown("point_in_time_recovery"),
        [] => Verdict.Fail("it has no point_in_time_recovery block"),
        _ => subject.IsOn("point-in-time recovery is off", "point_in_time_recovery", "0", "enabled"),
    };
}
