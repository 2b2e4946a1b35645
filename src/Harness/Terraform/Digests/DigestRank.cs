namespace Causeway.Harness.Terraform.Digests;

/// <summary>In the order a reviewer has to look at them.</summary>
public enum DigestRank
{
    Destroy,
    Replace,
    Change,
    Drift,
    Create,
    Move,
    Output,
}
