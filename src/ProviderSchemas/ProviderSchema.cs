namespace Causeway.ProviderSchemas;

/// <summary>What one version of a provider offers. Everything is sorted by name, ordinally.</summary>
/// <param name="Provider">Its address: <c>registry.terraform.io/hashicorp/aws</c>.</param>
/// <param name="Version">The provider's own version, not the package's.</param>
/// <param name="Source">The npm package this was read from, with its version.</param>
public sealed record ProviderSchema(
    string Provider,
    string Version,
    string Source,
    IReadOnlyDictionary<string, MemberSchema> Configuration,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Resources,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Data,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Ephemeral)
{
    /// <summary>
    /// Data sources that no resource stands behind (<c>aws_region</c>, <c>aws_eks_cluster_versions</c>): what they tell cannot be made by applying something.
    /// </summary>
    public IReadOnlySet<string> Facts { get; init; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>The types of one kind, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Of(TypeKind kind) => kind switch
    {
        TypeKind.Resource => Resources,
        TypeKind.Data => Data,
        _ => Ephemeral,
    };

    /// <summary>This schema with only the types that <paramref name="used"/> names for this provider, and those of them it does not have.</summary>
    /// <remarks>An unknown type is left out on purpose: Terraform itself then says that the provider does not support it, with file and line.</remarks>
    public (ProviderSchema Schema, IReadOnlyList<UsedType> Unknown) Select(IEnumerable<UsedType> used)
    {
        UsedType[] mine = [.. used.Where(type => type.Provider == Provider).Distinct()];

        SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Only(TypeKind kind) =>
            new(
                mine.Where(type => type.Kind == kind && Of(kind).ContainsKey(type.Name)).ToDictionary(type => type.Name, type => Of(kind)[type.Name]),
                StringComparer.Ordinal);

        return (
            this with
            {
                Resources = Only(TypeKind.Resource),
                Data = Only(TypeKind.Data),
                Ephemeral = Only(TypeKind.Ephemeral),
                // The names of a plural (aws_subnets) are those of the singular's resources.
                Facts = new SortedSet<string>(
                    Only(TypeKind.Data).Keys.Where(type => !Resources.ContainsKey(type) && !Resources.ContainsKey(type.TrimEnd('s'))), StringComparer.Ordinal),
            },
            [.. mine.Where(type => !Of(type.Kind).ContainsKey(type.Name)).OrderBy(type => type.Name, StringComparer.Ordinal)]);
    }
}
