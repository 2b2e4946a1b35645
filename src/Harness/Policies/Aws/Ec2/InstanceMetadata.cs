namespace Causeway.Harness.Policies.Aws.Ec2;

internal sealed class InstanceMetadata() : ResourcePolicy(
    "EC2-1",
    "A program that is tricked into a request, or a container, reads the instance's credentials from its metadata service.",
    ["CKV_AWS_79", "CKV_AWS_341", "AWS-0028", "AWS-0130"],
    ["aws_launch_template", "aws_instance"])
{
    public override Verdict Judge(Subject subject) => subject.Blocks("metadata_options") switch
    {
        null => Verdict.Unknown("metadata_options"),
        [] => Verdict.Fail("it has no metadata_options block"),
        _ => Verdict.WorstOf(Tokens(subject), Hops(subject)),
    };

    private static Verdict Tokens(Subject subject) => subject.Value("metadata_options", "0", "http_tokens") switch
    {
        { IsKnown: false } => Verdict.Unknown("http_tokens"),
        { Value: { } value } when (string?)value is "required" => Verdict.Pass,
        _ => Verdict.Fail("its metadata service answers without a token"),
    };

    private static Verdict Hops(Subject subject) => subject.Value("metadata_options", "0", "http_put_response_hop_limit") switch
    {
        { IsKnown: false } => Verdict.Unknown("http_put_response_hop_limit"),
        { Value: { } hops } when (int)hops == 1 => Verdict.Pass,
        var more => Verdict.Fail($"its metadata service answers {more.Value} hops away, so to containers"),
    };
}
