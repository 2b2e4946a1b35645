using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>
/// A rule about what a plan does to resources, those that it deletes included, and not about what they are afterwards. A plan says what it does, so nothing is
/// unknown. Its waivers approve a change, which is over once it is applied: they need not excuse something in every plan.
/// </summary>
/// <inheritdoc cref="ResourcePolicy"/>
public abstract class ChangePolicy(string id, string reason, string[] anchors, string[] types) : ResourcePolicy(id, reason, anchors, types)
{
    public sealed override IReadOnlyList<VerdictKind> Verdicts => [VerdictKind.Pass, VerdictKind.Fail];

    public sealed override bool Judges(ResourceChange resource) => resource is { Mode: "managed" } && Types.Contains(resource.Type);

    public sealed override Verdict Judge(Subject subject) => Objection(subject.Resource) is { } why ? Verdict.Fail(why) : Verdict.Pass;

    /// <returns>What is wrong with the change; null where it may happen.</returns>
    protected abstract string? Objection(ResourceChange change);
}
