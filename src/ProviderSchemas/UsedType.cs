namespace Causeway.ProviderSchemas;

/// <summary>A type that a configuration uses.</summary>
/// <param name="Provider">Address of the provider it belongs to: <c>registry.terraform.io/hashicorp/aws</c>.</param>
public sealed record UsedType(string Provider, TypeKind Kind, string Name)
{
    /// <summary>As a configuration names it: <c>aws_vpc</c>, <c>data.aws_vpc</c>, <c>ephemeral.aws_ssm_parameter</c>.</summary>
    public override string ToString() => Kind is TypeKind.Resource ? Name : $"{Kind.ToString().ToLowerInvariant()}.{Name}";
}
