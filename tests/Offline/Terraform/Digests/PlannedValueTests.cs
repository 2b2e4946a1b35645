using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Terraform.Digests;

public sealed class PlannedValueTests
{
    private static readonly ResourceChange Change = Plan.Parse(JsonNode.Parse("""
        {
          "format_version": "1.2",
          "resource_changes": [{
            "address": "aws_dynamodb_table.this", "mode": "managed", "type": "aws_dynamodb_table", "name": "this",
            "change": {
              "actions": ["create"], "before": null,
              "after": { "name": "t", "deletion_protection_enabled": null, "server_side_encryption": [{ "enabled": true }], "ttl": [] },
              "after_unknown": { "arn": true, "server_side_encryption": [{ "kms_key_arn": true }], "replica": true }
            }
          }]
        }
        """)!.AsObject()).Changes[0];

    [Fact]
    public void What_the_plan_says_is_known()
    {
        Assert.Equal("t", (string?)Change.Planned("name").Value);
        Assert.True((bool?)Change.Planned("server_side_encryption", "0", "enabled").Value);
        Assert.True(Change.Planned("ttl").IsKnown);
    }

    [Theory]
    [InlineData("arn")]
    [InlineData("server_side_encryption", "0", "kms_key_arn")]
    [InlineData("replica", "0", "region_name")]
    public void What_only_the_apply_will_tell_is_unknown(params string[] path) => Assert.False(Change.Planned(path).IsKnown);

    [Theory]
    [InlineData("deletion_protection_enabled")]
    [InlineData("point_in_time_recovery")]
    [InlineData("ttl", "0", "enabled")]
    public void What_the_plan_leaves_out_counts_as_unknown(params string[] path) => Assert.False(Change.Planned(path).IsKnown);
}
