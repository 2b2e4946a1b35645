using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>A rule that resources of some types keep, judged from a plan.</summary>
/// <param name="types">Types of the resources it judges.</param>
/// <inheritdoc cref="Policy" path="/param"/>
public abstract class ResourcePolicy(string id, string reason, string[] anchors, string[] types) : Policy(id, reason, anchors)
{
    public IReadOnlyList<string> Types => types;

    /// <summary>Whether it judges a resource of a plan: here those that are there after the apply.</summary>
    public virtual bool Judges(ResourceChange resource) => resource is { Mode: "managed", After: not null } && types.Contains(resource.Type);

    /// <param name="subject">A resource that it <see cref="Judges"/>.</param>
    public abstract Verdict Judge(Subject subject);
}
