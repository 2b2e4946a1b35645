namespace Causeway.Harness.Policies;

/// <summary>What a policy says of a resource of a plan, or of an object of a rendering.</summary>
/// <param name="Address">The resource's address, or kind, namespace and name of the object.</param>
/// <param name="Waiver">What excuses a verdict that is not a pass; null where nothing does.</param>
public sealed record Finding(Policy Policy, string Address, Verdict Verdict, Waiver? Waiver = null)
{
    /// <summary>A failure or something unknown that no waiver excuses.</summary>
    public bool IsViolation => Verdict.Kind is not VerdictKind.Pass && Waiver is null;

    public override string ToString() =>
        $"{Policy.Id} {(Verdict.Kind is VerdictKind.Fail ? "fails" : "is unknown")}: {Address}: {Verdict.Why}. {Policy.Reason}";
}
