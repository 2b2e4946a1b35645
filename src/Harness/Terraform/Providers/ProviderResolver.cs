using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Schemas;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Terraform.Providers;

/// <summary>
/// Chooses a schema file for every provider a configuration wants: the given one where it is of a version asked for and has all types in use, else one cut
/// from an npm package of the provider, which is fetched the first time.
/// </summary>
/// <param name="given">Schema files, in order of preference.</param>
/// <param name="before">
/// Trees of configurations that were applied before: what they name of large types is offered too, whether the configuration uses it or not.
/// </param>
/// <param name="say">Receives what takes long.</param>
public sealed class ProviderResolver(Repository repository, IReadOnlyList<string> given, IReadOnlyList<string> before, Action<string>? say)
{
    private readonly List<string> notes = [];

    /// <summary>What a reader should know of the choice.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>A provider that is wanted and for which there is no schema is left out, with a note: Terraform says which module wants it.</summary>
    /// <param name="folders">The folders of the root and of every module it reaches, the root first.</param>
    /// <param name="shown">The root as the user knows it, for messages.</param>
    /// <exception cref="TerraformException">No version of a provider satisfies all constraints; each is named with its place.</exception>
    public async Task<IReadOnlyList<MirroredProvider>> ForAsync(IReadOnlyList<string> folders, string shown, CancellationToken stop)
    {
        TypesInUse[] used = [.. folders.Select(TypesInUse.FindReachable)];
        UsedType[] types = [.. used.SelectMany(one => one.Types).Distinct()];
        var large = new LargeTypes(folders.Concat(before.SelectMany(TypesInUse.Below)));
        var offered = new List<MirroredProvider>();

        foreach (var wanted in used.SelectMany(one => one.Providers).GroupBy(provider => provider.Address).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            PlacedConstraint[] placed = [.. wanted.SelectMany(provider => provider.Constraints).Distinct()];
            var constraints = placed.Select(constraint => constraint.Text).Distinct().Select(text => new VersionConstraint(text)).ToArray();

            if (await SchemaAsync(wanted.Key, constraints, [.. types.Where(type => type.Provider == wanted.Key)], large, stop) is { } own)
            {
                offered.Add(own with { Version = Version(own, constraints) ?? throw Contradiction(own.Source, placed, folders[0], shown) });
            }
        }

        return offered;
    }

    private async Task<MirroredProvider?> SchemaAsync(
        string address, VersionConstraint[] constraints, IReadOnlyList<UsedType> types, LargeTypes large, CancellationToken stop)
    {
        var own = given.Select(file => MirroredProvider.Of(file))
            .Where(provider => provider.Source == address)
            .OrderByDescending(provider => constraints.All(constraint => constraint.Accepts(provider.Version)))
            .FirstOrDefault();
        var known = own is null ? null : SchemaFile.Read(own.SchemaFile);
        UsedType[] lacking = [.. types.Where(type => known is null || !Has(known, type))];
        var packages = new ProviderPackages(repository, new ToolBox(repository, ToolManifest.Load(repository)), say);
        var package = packages.Choose(address, constraints);

        if (own is null && package is null)
        {
            if (!address.StartsWith("terraform.io/builtin/", StringComparison.Ordinal))
            {
                notes.Add($"{address} has no schema here, so that Terraform will not find it. Known are " +
                    $"{string.Join(", ", packages.Known.Keys.Order(StringComparer.Ordinal))}; docs/terraform.md says how to add one");
            }

            return null;
        }

        // A committed schema of a version that is not asked for gives way to a package with another.
        var fits = own is not null
            && (constraints.All(constraint => constraint.Accepts(own.Version)) || package?.Provides is null || package.Provides == own.Version);

        if (package is null || (fits && lacking is []))
        {
            return known is null ? own : Offered(known, own!.SchemaFile);
        }

        try
        {
            var cut = await packages.ReadAsync(package, types, stop);
            var both = known is not null && known.Version == cut.Version ? SchemaFile.Merge(known, cut) : cut;

            return Offered(both, file: null);
        }
        catch (CommandFailedException failed) when (own is not null)
        {
            notes.Add(
                $"the package of {address} {package.Provides} cannot be fetched ({failed.Message}), " +
                $"so that the committed schema of {own.Version} is used instead"
                + (lacking is [] ? "" : $"; types that it lacks are unknown: {string.Join(", ", lacking.AsEnumerable())}"));

            return own;
        }

        MirroredProvider Offered(ProviderSchema schema, string? file) =>
            large.Cut(schema, type => before is not [] || types.Any(used => used.Name == type)) is var cut && cut == schema && file is not null
                ? MirroredProvider.Of(file)
                : MirroredProvider.Of(Keep(cut));
    }

    // Null where no version satisfies all.
    private string? Version(MirroredProvider own, VersionConstraint[] constraints)
    {
        if (constraints.All(constraint => constraint.Accepts(own.Version)))
        {
            return own.Version;
        }

        if (constraints[0].Lowest(constraints.Skip(1)) is not { } version)
        {
            return null;
        }

        notes.Add($"{own.Source} {version} is asked for and offered, with the schema of {own.Version}: " +
            "arguments added or removed between the two are checked against that one");

        return version;
    }

    private static TerraformException Contradiction(string provider, PlacedConstraint[] constraints, string root, string shown) => new(
        "init",
        shown,
        [
            .. constraints.Select(
                constraint => new Diagnostic("error", $"{provider} has to be {constraint.Text}", "", Place(root, constraint.File), constraint.Line, null))
        ],
        "",
        $"No version of {provider} satisfies all of these. Change the constraint of one side, or call a version of the module that accepts the other side's.");

    private static string Place(string root, string file) =>
        Path.GetRelativePath(root, file) is var below && below.StartsWith("../../..", StringComparison.Ordinal) ? file : below;

    private string Keep(ProviderSchema schema)
    {
        var text = SchemaFile.Text(schema);
        var file = Path.Combine(repository.Cache, "terraform", "schemas", $"{schema.Provider.Replace('/', '-')}-{Fingerprint.Of(text)}.json");

        if (!File.Exists(file))
        {
            SchemaFile.Write(schema, file);
            CacheEviction.ForgetOthers(file);
        }

        CacheEviction.Use(file);

        return file;
    }

    private static bool Has(ProviderSchema schema, UsedType type) => schema.Of(type.Kind).ContainsKey(type.Name);
}
