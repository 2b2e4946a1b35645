using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Aws.S3;

internal sealed class Lifecycle() : ResourcePolicy(
    "S3-5",
    "Old versions and uploads that were never finished cost money for ever.",
    ["CKV2_AWS_61", "CKV_AWS_300"],
    ["aws_s3_bucket"])
{
    public override Verdict Judge(Subject subject)
    {
        Subject[] found = [.. subject.ReferredBy("aws_s3_bucket_lifecycle_configuration", "bucket")];

        return found is [] ? Verdict.Fail("no aws_s3_bucket_lifecycle_configuration is about it") : Verdict.WorstOf(found.Select(Aborts));
    }

    private static Verdict Aborts(Subject lifecycle)
    {
        if (lifecycle.Blocks("rule") is not { } rules)
        {
            return Verdict.Unknown("rule");
        }

        PlannedValue[] aborting =
        [
            .. rules.Index()
                .Where(rule => rule.Item["abort_incomplete_multipart_upload"] is JsonArray { Count: > 0 })
                .Select(rule => lifecycle.Value("rule", $"{rule.Index}", "status")),
        ];

        return aborting.Any(status => (string?)status.Value is "Enabled") ? Verdict.Pass
            : aborting.Any(status => !status.IsKnown) ? Verdict.Unknown("status of a rule")
            : Verdict.Fail("no rule that is enabled ends uploads that were never finished");
    }
}
