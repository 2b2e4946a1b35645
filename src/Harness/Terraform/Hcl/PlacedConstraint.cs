namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A version constraint and who asks for it.</summary>
/// <param name="Text">As written: <c>~&gt; 6.0</c>.</param>
/// <param name="Line">Counted from 1.</param>
public sealed record PlacedConstraint(string Text, string File, int Line);
