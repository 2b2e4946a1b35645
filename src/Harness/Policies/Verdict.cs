namespace Causeway.Harness.Policies;

/// <summary>What a policy says of a resource or an object.</summary>
public enum VerdictKind
{
    Pass,

    /// <summary>The plan or the manifest does not say enough. It counts as a failure.</summary>
    Unknown,
    Fail,
}

/// <summary>What a policy says of a resource or an object, and why.</summary>
/// <param name="Why">What is wrong, or what is not known; empty where it passes.</param>
public readonly record struct Verdict(VerdictKind Kind, string Why)
{
    public static Verdict Pass { get; } = new(VerdictKind.Pass, "");

    public static Verdict Fail(string why) => new(VerdictKind.Fail, why);

    /// <param name="what">What the plan does not say: <c>kms_key_arn</c>.</param>
    public static Verdict Unknown(string what) => new(VerdictKind.Unknown, $"{what} is not known before the apply, and nothing that it refers to decides it");

    /// <param name="why">Why a manifest does not say enough: <c>{{ .image }} is still to be filled in</c>.</param>
    public static Verdict Unclear(string why) => new(VerdictKind.Unknown, why);

    /// <summary>A failure if there is one, else what is not known, else a pass.</summary>
    public static Verdict WorstOf(params IEnumerable<Verdict> verdicts) => verdicts.Append(Pass).MaxBy(verdict => verdict.Kind);
}
