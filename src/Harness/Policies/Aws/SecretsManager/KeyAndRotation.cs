namespace Causeway.Harness.Policies.Aws.SecretsManager;

internal sealed class KeyAndRotation() : Policy(
    "SM-1",
    "A secret that is never changed leaks once and for all; one without a key of its own is read by all who read the account.",
    ["CKV_AWS_149", "CKV_AWS_304", "AWS-0098"],
    ["aws_secretsmanager_secret"])
{
    private const int Days = 90;

    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        subject.HasKey("it is not encrypted with a key of this account", "kms_key_id"), Rotation(subject));

    private static Verdict Rotation(Subject secret)
    {
        Subject[] found = [.. secret.ReferredBy("aws_secretsmanager_secret_rotation", "secret_id")];

        return found is []
            ? Verdict.Fail("it is not rotated")
            : Verdict.WorstOf(found.Select(rotation => rotation.Value("rotation_rules", "0", "automatically_after_days") switch
            {
                { IsKnown: false } => Verdict.Unknown("automatically_after_days"),
                { Value: { } days } when (int)days <= Days => Verdict.Pass,
                var longer => Verdict.Fail($"it is rotated after {longer.Value} days, and {Days} at most are wanted"),
            }));
    }
}
