namespace Causeway.Harness.Argo.Diffs;

/// <summary>What becomes of an application or an object.</summary>
public enum DiffKind
{
    Removed,
    Added,
    Changed,
}

/// <summary>An object that comes, goes or changes.</summary>
/// <param name="Address">Kind, namespace and name.</param>
/// <param name="Lines">What differs in it, where it changes.</param>
public sealed record ObjectDiff(DiffKind Kind, string Address, IReadOnlyList<string> Lines);

/// <summary>An application that comes, goes or changes, or whose objects do.</summary>
/// <param name="Name">Environment and application.</param>
/// <param name="From">What makes it, or made it.</param>
/// <param name="Lines">What differs in the application itself.</param>
/// <param name="Skipped">Why its objects are not known; empty where they are.</param>
public sealed record ApplicationDiff(
    DiffKind Kind, string Name, string From, IReadOnlyList<string> Lines, IReadOnlyList<ObjectDiff> Objects, string Skipped);

/// <summary>What differs in the cluster of an environment.</summary>
/// <param name="Same">How many applications stay as they are.</param>
/// <param name="Present">Environment and name of each application that is there after the change.</param>
public sealed record ClusterDiff(string Environment, IReadOnlyList<ApplicationDiff> Applications, int Same, IReadOnlyList<string> Present)
{
    public int Count(DiffKind kind) => Applications.Count(one => one.Kind == kind);
}
