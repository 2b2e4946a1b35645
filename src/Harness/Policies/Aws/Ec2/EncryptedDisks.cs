using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Ec2;

internal sealed class EncryptedDisks() : ResourcePolicy(
    "EC2-4",
    "A disk that is not encrypted is read by who has a copy.",
    ["CKV_AWS_8", "AWS-0131"],
    ["aws_launch_template"])
{
    public override Verdict Judge(Subject subject) => subject.Blocks("block_device_mappings") switch
    {
        null => Verdict.Unknown("block_device_mappings"),
        [] => Verdict.Fail("the image decides whether its disks are encrypted: add block_device_mappings"),
        var disks => Verdict.WorstOf(disks
            .Select((disk, at) => (Disk: disk, At: at))
            .Where(one => one.Disk["ebs"] is JsonArray { Count: > 0 })
            .Select(one => subject.Value("block_device_mappings", $"{one.At}", "ebs", "0", "encrypted") switch
            {
                { IsKnown: false } => Verdict.Unknown("encrypted"),
                { Value: { } value } when $"{value}" is "true" => Verdict.Pass,
                _ => Verdict.Fail($"its disk {one.Disk["device_name"]} is not encrypted"),
            })),
    };
}
