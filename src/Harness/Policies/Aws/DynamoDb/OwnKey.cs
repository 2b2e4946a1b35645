namespace Causeway.Harness.Policies.Aws.DynamoDb;

internal sealed class OwnKey() : ResourcePolicy(
    "DDB-2",
    "Who may read a table that DynamoDB's own key encrypts cannot be decided by a key policy, and leaves no trace.",
    ["CKV_AWS_119", "AWS-0025"],
    ["aws_dynamodb_table"])
{
    public override Verdict Judge(Subject subject) => subject.Blocks("server_side_encryption") switch
    {
        null => Verdict.Unknown("server_side_encryption"),
        [] => Verdict.Fail("it has no server_side_encryption block"),
        _ when subject.Value("server_side_encryption", "0", "enabled") is { IsKnown: true, Value: { } on } && !(bool)on =>
            Verdict.Fail("encryption with a key of this account is off"),
        // Whether it is on is often said by whether there is a key: what is known of the key decides.
        _ => subject.HasKey(
            "it is encrypted without a key of this account", "server_side_encryption", "0", "kms_key_arn"),
    };
}
