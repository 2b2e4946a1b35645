namespace Causeway.ProviderSchemas;

/// <summary>Where a type of a provider is used: <c>resource</c>, <c>data</c> or <c>ephemeral</c>.</summary>
public enum TypeKind
{
    Resource,
    Data,
    Ephemeral,
}
