using Causeway.Harness.Kubernetes;

namespace Causeway.Harness.Policies;

/// <summary>A rule that objects of manifests keep, judged from a rendering.</summary>
/// <inheritdoc cref="Policy" path="/param"/>
public abstract class ObjectPolicy(string id, string reason, string[] anchors) : Policy(id, reason, anchors)
{
    /// <summary>Whether it judges an object.</summary>
    public abstract bool Judges(ManifestObject item);

    /// <param name="item">An object that it <see cref="Judges"/>.</param>
    /// <param name="rendering">All objects that are there with it.</param>
    public abstract Verdict Judge(ManifestObject item, Rendering rendering);

    /// <summary>What is wrong because of a text: a failure, or unknown where a template has still to fill it in.</summary>
    /// <param name="text">What the manifest says; null where it says nothing.</param>
    protected static Verdict Wrong(string? text, string why) =>
        ManifestObject.IsPlaceholder(text) ? Verdict.Unclear($"{text} is still to be filled in") : Verdict.Fail(why);
}
