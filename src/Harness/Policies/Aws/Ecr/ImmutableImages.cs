namespace Causeway.Harness.Policies.Aws.Ecr;

internal sealed class ImmutableImages() : ResourcePolicy(
    "ECR-1",
    "A tag that can be moved runs what was never reviewed; an image that is not scanned carries what is known to be broken.",
    ["CKV_AWS_51", "CKV_AWS_163", "CKV_AWS_136", "AWS-0030", "AWS-0031", "AWS-0033"],
    ["aws_ecr_repository"])
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(Tags(subject), Scan(subject), Encryption(subject));

    private static Verdict Tags(Subject repository) => repository.Value("image_tag_mutability") switch
    {
        { IsKnown: false } when repository.IsAbsent("image_tag_mutability") => Verdict.Fail("its tags can be moved"),
        { IsKnown: false } => Verdict.Unknown("image_tag_mutability"),
        { Value: { } value } when (string?)value is "IMMUTABLE" => Verdict.Pass,
        _ => Verdict.Fail("its tags can be moved"),
    };

    private static Verdict Scan(Subject repository) => repository.Blocks("image_scanning_configuration") switch
    {
        null => Verdict.Unknown("image_scanning_configuration"),
        [] => Verdict.Fail("its images are not scanned"),
        _ => repository.IsOn("its images are not scanned", "image_scanning_configuration", "0", "scan_on_push"),
    };

    private static Verdict Encryption(Subject repository) => repository.Blocks("encryption_configuration") switch
    {
        null => Verdict.Unknown("encryption_configuration"),
        [] => Verdict.Fail("it is not encrypted with a key of this account"),
        [{ } block] when (string?)block["encryption_type"] is not "KMS" => Verdict.Fail("it is not encrypted with a key of this account"),
        _ => repository.HasKey("it names no key", "encryption_configuration", "0", "kms_key"),
    };
}
