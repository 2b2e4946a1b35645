namespace Causeway.Harness.Terraform.Copies;

/// <summary>That something was applied and has to be destroyed, with all that takes.</summary>
/// <param name="Root">The root in the tree, for messages.</param>
/// <param name="Copy">The working copy's folder, and what it is a copy of.</param>
/// <param name="Owner">The process that has to destroy it: <see cref="ProcessIdentity"/>.</param>
public sealed record LedgerEntry(string Id, string Root, string Copy, string Origin, TerraformOptions Options, string Owner, DateTimeOffset Applied)
{
    /// <summary>Ids or ARNs are the cloud's own, not simulated.</summary>
    public bool Real => Options.Real;
}
