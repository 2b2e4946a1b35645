using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Aws.SecretsManager;

internal sealed class KeyAndRotation() : ResourcePolicy(
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
        Verdict[] found =
        [
            .. secret.ReferredBy("aws_secretsmanager_secret_rotation", "secret_id")
                .Select(rotation => After(rotation.Value("rotation_rules", "0", "automatically_after_days"), "automatically_after_days")),
            .. Renewed(secret).Select(clock => After(clock.Value("rotation_days"), "rotation_days")),
        ];

        return found is [] ? Verdict.Fail("it is not rotated") : Verdict.WorstOf(found);
    }

    // Terraform writes a new value whenever the version of the write-only argument changes: by a clock.
    private static IEnumerable<Subject> Renewed(Subject secret) =>
        from version in secret.ReferredBy("aws_secretsmanager_secret_version", "secret_id")
        from clock in version.Referred("secret_string_wo_version")
        where clock.Type is "time_rotating"
        select secret.Beside(clock);

    private static Verdict After(PlannedValue days, string argument) => days switch
    {
        { IsKnown: false } => Verdict.Unknown(argument),
        { Value: { } known } when (int)known <= Days => Verdict.Pass,
        _ => Verdict.Fail($"it is rotated after {days.Value} days, and {Days} at most are wanted"),
    };
}
