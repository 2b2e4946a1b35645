namespace Causeway.Harness.Policies;

/// <summary>
/// A rule that what is planned or rendered must keep: a <see cref="ResourcePolicy"/> is about resources of a plan, an <see cref="ObjectPolicy"/> about objects
/// of manifests. One rule is one class in the folder of its subject, found by being there; its fixtures lie in
/// <c>tests/Fixtures/policies/&lt;cloud or kubernetes&gt;/&lt;subject&gt;/&lt;id&gt;/{pass,fail,unknown}</c>.
/// </summary>
/// <param name="id">As messages and waivers name it: <c>DDB-1</c>.</param>
/// <param name="reason">What goes wrong without it, as one sentence.</param>
/// <param name="anchors">The same rule elsewhere: checkov's <c>CKV_…</c>, Trivy's <c>AWS-…</c> and <c>KSV-…</c>. Empty where no scanner has it.</param>
public abstract class Policy(string id, string reason, string[] anchors)
{
    public string Id => id;

    public string Reason => reason;

    public IReadOnlyList<string> Anchors => anchors;

    /// <summary>All of them, in order of id.</summary>
    public static IReadOnlyList<Policy> All { get; } = [.. Discovery.InstancesOf<Policy>().OrderBy(policy => policy.Id, StringComparer.Ordinal)];

    /// <summary>What it may say. One about which there is always enough said is never unknown, and needs no such fixture.</summary>
    public virtual IReadOnlyList<VerdictKind> Verdicts => [VerdictKind.Pass, VerdictKind.Unknown, VerdictKind.Fail];
}
