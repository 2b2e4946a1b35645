namespace Causeway.Harness.Policies;

/// <summary>What a policy says of a resource of a plan, or of an object of a rendering.</summary>
/// <param name="Address">The resource's address, or kind, namespace and name of the object.</param>
/// <param name="Waiver">What excuses a verdict that is not a pass; null where nothing does.</param>
public sealed record Finding(Policy Policy, string Address, Verdict Verdict, Waiver? Waiver = null)
{
    /// <summary>The file that an object lies in; null for a resource, and where the object was rendered.</summary>
    public string? File { get; init; }

    /// <summary>A failure or something unknown that no waiver excuses.</summary>
    public bool IsViolation => Verdict.Kind is not VerdictKind.Pass && Waiver is null;

    public override string ToString() =>
        $"{Policy.Id} {(Verdict.Kind is VerdictKind.Fail ? "fails" : "is unknown")}: {Place}: {Verdict.Why}. {Policy.Reason}";

    private string Place => File is null ? Address : $"{Address} in {File}";
}
