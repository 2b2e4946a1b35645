namespace Causeway.Harness.Terraform;

/// <summary>What happens to a resource, in one word.</summary>
public enum ChangeKind
{
    None,
    Read,
    Create,
    Update,
    Replace,
    Delete,
    Forget,
}
