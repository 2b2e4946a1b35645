namespace Causeway.Harness.Local.Objects;

/// <summary>
/// A kind of Kubernetes object that the local runtime knows. Each is one class, called like the kind and found by this interface; an object of a
/// kind that has none is an error, so nothing is dropped in silence. Kinds that make pods are in <c>Controllers/</c>.
/// </summary>
public interface IObjectKind
{
    /// <summary>The kind's name in a manifest.</summary>
    string Kind => GetType().Name;

    /// <summary>What becomes of such an object here, in a few words.</summary>
    string Effect { get; }

    /// <summary>Whether the object changes anything here; <c>up</c> counts those that do not.</summary>
    bool HasEffect => true;
}
