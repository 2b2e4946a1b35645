namespace Causeway.Harness.Terraform.Digests;

/// <summary>One value that differs, at a path such as <c>ingress[0].cidr_blocks[1]</c>; the texts are ready to be shown.</summary>
public sealed record ValueChange(string Path, string Before, string After)
{
    public override string ToString() => $"{Path}: {Before} → {After}";
}
