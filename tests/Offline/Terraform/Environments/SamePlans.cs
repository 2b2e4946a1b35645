namespace Causeway.Offline.Terraform.Environments;

/// <summary>Test classes that look at the same plans: they are made once for all.</summary>
[CollectionDefinition(Name)]
public sealed class SamePlans : ICollectionFixture<PlannedStacks>
{
    public const string Name = "planned stacks";
}
