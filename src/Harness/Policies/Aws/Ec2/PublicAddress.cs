namespace Causeway.Harness.Policies.Aws.Ec2;

internal sealed class PublicAddress() : ResourcePolicy(
    "EC2-2",
    "An instance with a public address is reached from anywhere.",
    ["CKV_AWS_88", "AWS-0009"],
    ["aws_launch_template"])
{
    public override Verdict Judge(Subject subject) => subject.Blocks("network_interfaces") switch
    {
        null => Verdict.Unknown("network_interfaces"),
        [] => Verdict.Fail("the subnet decides whether it gets a public address: say associate_public_ip_address = false"),
        var interfaces => Verdict.WorstOf(interfaces.Select((_, at) =>
            subject.Value("network_interfaces", $"{at}", "associate_public_ip_address") switch
            {
                { IsKnown: false } => Verdict.Unknown("associate_public_ip_address"),
                { Value: { } value } when $"{value}" is "false" => Verdict.Pass,
                _ => Verdict.Fail("it gets a public address"),
            })),
    };
}
