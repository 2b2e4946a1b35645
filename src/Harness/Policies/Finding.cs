using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>What a policy says of one resource of a plan.</summary>
/// <param name="Waiver">What excuses a verdict that is not a pass; null where nothing does.</param>
public sealed record Finding(Policy Policy, ResourceChange Resource, Verdict Verdict, Waiver? Waiver = null)
{
    /// <summary>A failure or something unknown that no waiver excuses.</summary>
    public bool IsViolation => Verdict.Kind is not VerdictKind.Pass && Waiver is null;

    public override string ToString() =>
        $"{Policy.Id} {(Verdict.Kind is VerdictKind.Fail ? "fails" : "is unknown")}: {Resource.Address}: {Verdict.Why}. {Policy.Reason}";
}
