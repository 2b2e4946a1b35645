using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Causeway.Offline.LongestFirst))]

namespace Causeway.Offline;

/// <summary>Classes that take long begin first: one that begins last would leave the other cores without work.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string?[] Long =
    [
        typeof(Terraform.Modules.LifecycleTests).FullName,
        typeof(NewKinds.AddedKindTests).FullName,
        typeof(Terraform.Modules.ModuleTests).FullName,
        typeof(Terraform.Modules.ArgumentMutationTests).FullName,
        typeof(Terraform.ReadmeTests).FullName,
        typeof(Terraform.Provider.ProviderProcessTests).FullName,
        typeof(Terraform.Environments.StackTests).FullName,
        typeof(Terraform.ForeignConfigurationTests).FullName,
        typeof(Scaffolding.NewThingsTests).FullName,
        typeof(Terraform.Copies.JanitorTests).FullName,
        typeof(Checks.GateTests).FullName,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string name) =>
        Array.FindIndex(Long, type => name.StartsWith($"Test collection for {type} ", StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}
