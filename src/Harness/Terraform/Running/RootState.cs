using Causeway.Harness.Terraform.Copies;

namespace Causeway.Harness.Terraform.Running;

/// <summary>
/// What a root owes: whether something is applied that it has to destroy, and whether the last change of it failed. The ledger knows as much.
/// </summary>
internal sealed class RootState(Ledger ledger, string id, RootState.Phase phase)
{
    /// <summary>Where a root is between its first apply and its destroy.</summary>
    public enum Phase
    {
        /// <summary>Nothing is applied that this root has to destroy.</summary>
        Clean,

        /// <summary>Something is applied.</summary>
        Applied,

        /// <summary>An apply or a destroy runs, or did not end well: only the state knows what exists.</summary>
        Changing,
    }

    private Phase now = phase;

    /// <summary>Something may be there that this root has to destroy.</summary>
    public bool IsApplied => now is not Phase.Clean;

    /// <summary>The last apply or destroy did not end well.</summary>
    public bool HasFailed => now is Phase.Changing;

    /// <summary>An apply or a destroy begins. The ledger is written before the first one.</summary>
    public void Begin(Func<LedgerEntry>? entry = null)
    {
        if (now is Phase.Clean)
        {
            if (entry is null)
            {
                // What lasts, or a destroy of what this root did not apply: what is left is not this root's.
                return;
            }

            ledger.Add(entry());
        }

        now = Phase.Changing;
    }

    /// <summary>It ended well, and something is there.</summary>
    public void Applied() => now = now is Phase.Clean ? Phase.Clean : Phase.Applied;

    /// <summary>Nothing is left, or it is left to others.</summary>
    public void Released()
    {
        ledger.Remove(id);
        now = Phase.Clean;
    }
}
