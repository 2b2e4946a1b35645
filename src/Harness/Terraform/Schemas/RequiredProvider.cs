using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>A provider that a configuration needs.</summary>
/// <param name="Address">Its full address: <c>registry.terraform.io/hashicorp/aws</c>.</param>
/// <param name="Constraints">The version constraints that are written for it, each with its place.</param>
/// <param name="File">The first file that needs it.</param>
public sealed record RequiredProvider(string Address, IReadOnlyList<PlacedConstraint> Constraints, string File);
