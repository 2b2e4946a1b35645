using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Ec2;

internal sealed class PrivateAndEncrypted() : ResourcePolicy(
    "EC2-2",
    "An instance with a public address is reached from anywhere; a disk that is not encrypted is read by who has a copy.",
    ["CKV_AWS_88", "CKV_AWS_8", "AWS-0009", "AWS-0131"],
    ["aws_launch_template"])
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(Address(subject), Disks(subject));

    private static Verdict Address(Subject template) => template.Blocks("network_interfaces") switch
    {
        null => Verdict.Unknown("network_interfaces"),
        [] => Verdict.Fail("the subnet decides whether it gets a public address: say associate_public_ip_address = false"),
        var interfaces => Verdict.WorstOf(interfaces.Select((_, at) =>
            template.Value("network_interfaces", $"{at}", "associate_public_ip_address") switch
            {
                { IsKnown: false } => Verdict.Unknown("associate_public_ip_address"),
                { Value: { } value } when $"{value}" is "false" => Verdict.Pass,
                _ => Verdict.Fail("it gets a public address"),
            })),
    };

    private static Verdict Disks(Subject template) => template.Blocks("block_device_mappings") switch
    {
        null => Verdict.Unknown("block_device_mappings"),
        [] => Verdict.Fail("the image decides whether its disks are encrypted: add block_device_mappings"),
        var disks => Verdict.WorstOf(disks
            .Select((disk, at) => (Disk: disk, At: at))
            .Where(one => one.Disk["ebs"] is JsonArray { Count: > 0 })
            .Select(one => template.Value("block_device_mappings", $"{one.At}", "ebs", "0", "encrypted") switch
            {
                { IsKnown: false } => Verdict.Unknown("encrypted"),
                { Value: { } value } when $"{value}" is "true" => Verdict.Pass,
                _ => Verdict.Fail($"its disk {one.Disk["device_name"]} is not encrypted"),
            })),
    };
}
