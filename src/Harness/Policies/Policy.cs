using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>
/// A rule that resources of some types keep, judged from a plan. One rule is one class in the folder of its service, found by being there; its fixtures lie
/// in <c>tests/Fixtures/policies/&lt;cloud&gt;/&lt;service&gt;/&lt;id&gt;/{pass,fail,unknown}</c>.
/// </summary>
/// <param name="id">As messages and waivers name it: <c>DDB-1</c>.</param>
/// <param name="reason">What goes wrong without it, as one sentence.</param>
/// <param name="anchors">The same rule elsewhere: checkov's <c>CKV_…</c>, Trivy's <c>AWS-…</c>. Empty where no scanner has it.</param>
/// <param name="types">Types of the resources it judges.</param>
public abstract class Policy(string id, string reason, string[] anchors, string[] types)
{
    public string Id => id;

    public string Reason => reason;

    public IReadOnlyList<string> Anchors => anchors;

    public IReadOnlyList<string> Types => types;

    /// <summary>All of them, in order of id.</summary>
    public static IReadOnlyList<Policy> All { get; } = [.. Discovery.InstancesOf<Policy>().OrderBy(policy => policy.Id, StringComparer.Ordinal)];

    /// <summary>What it may say. One about which a plan always says enough is never unknown, and needs no such fixture.</summary>
    public virtual IReadOnlyList<VerdictKind> Verdicts => [VerdictKind.Pass, VerdictKind.Unknown, VerdictKind.Fail];

    /// <summary>Whether it judges a resource of a plan: here those that are there after the apply.</summary>
    public virtual bool Judges(ResourceChange resource) => resource is { Mode: "managed", After: not null } && types.Contains(resource.Type);

    /// <param name="subject">A resource that it <see cref="Judges"/>.</param>
    public abstract Verdict Judge(Subject subject);
}
