using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Causeway.Integration.LeastPrivilegeLast))]

namespace Causeway.Integration;

/// <summary>Classes run in any order, but <see cref="LeastPrivilege"/> after all others: it judges what they did.</summary>
public sealed class LeastPrivilegeLast : ITestCollectionOrderer
{
    private static readonly string[] OfWorkloads =
    [
        .. typeof(LeastPrivilegeLast).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith($"{typeof(LeastPrivilegeLast).Namespace}.", StringComparison.Ordinal) is true
                && type.Namespace != typeof(Local.EdgeErrors).Namespace
                && type.Namespace != typeof(Clusters.InCluster).Namespace
                && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
            .Select(type => type.FullName!),
    ];

    /// <summary>Whether every class that is about a workload runs: a filter may have left some out.</summary>
    public static bool IsWholeSuite { get; private set; }

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
    {
        IsWholeSuite = OfWorkloads.All(type => testCollections.Any(collection => IsOf(type, collection)));

        return [.. testCollections.OrderBy(collection => IsOf(typeof(LeastPrivilege).FullName!, collection))];
    }

    private static bool IsOf(string type, ITestCollection collection) =>
        collection.TestCollectionDisplayName.StartsWith($"Test collection for {type} ", StringComparison.Ordinal);
}
