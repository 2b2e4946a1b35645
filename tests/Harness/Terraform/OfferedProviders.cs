using Causeway.Harness.Terraform.Schemas;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Terraform;

/// <summary>
/// Chooses a schema file for every provider a configuration wants: the given one where it has all types in use, else one cut from the provider's
/// npm package, which is fetched the first time.
/// </summary>
/// <param name="given">Schema files, in order of preference.</param>
/// <param name="say">Receives what takes long.</param>
internal sealed class OfferedProviders(Repository repository, IReadOnlyList<string> given, Action<string>? say)
{
    private readonly List<string> notes = [];

    /// <summary>What a reader should know of the choice.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>A provider that is wanted and for which there is no schema is left out: Terraform says by whom it is wanted.</summary>
    /// <param name="folders">The folders of the root and of every module it reaches.</param>
    public async Task<IReadOnlyList<MirroredProvider>> ForAsync(IReadOnlyList<string> folders, CancellationToken stop)
    {
        TypesInUse[] used = [.. folders.Select(TypesInUse.FindReachable)];
        UsedType[] types = [.. used.SelectMany(one => one.Types).Distinct()];
        var offered = new List<MirroredProvider>();

        foreach (var wanted in used.SelectMany(one => one.Providers).GroupBy(provider => provider.Address).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var constraints = wanted.SelectMany(provider => provider.Constraints).Distinct().Select(text => new VersionConstraint(text)).ToArray();

            if (await SchemaAsync(wanted.Key, constraints, [.. types.Where(type => type.Provider == wanted.Key)], stop) is { } own)
            {
                offered.Add(own with { Version = Version(own, constraints) });
            }
        }

        return offered;
    }

    private async Task<MirroredProvider?> SchemaAsync(string address, VersionConstraint[] constraints, IReadOnlyList<UsedType> types, CancellationToken stop)
    {
        var own = given.Select(file => MirroredProvider.Of(file))
            .Where(provider => provider.Source == address)
            .OrderByDescending(provider => constraints.All(constraint => constraint.Accepts(provider.Version)))
            .FirstOrDefault();
        var known = own is null ? null : SchemaFile.Read(own.SchemaFile);
        UsedType[] lacking = [.. types.Where(type => known is null || !Has(known, type))];
        var packages = new ProviderPackages(repository, new ToolBox(repository, ToolManifest.Load(repository)));

        if ((own is not null && lacking is []) || !packages.Known.ContainsKey(address))
        {
            return own;
        }

        try
        {
            say?.Invoke($"reading the schema of {address} for {(lacking is [] ? "its configuration" : string.Join(", ", lacking.Take(5)))}{(lacking.Length > 5 ? ", …" : "")}");
            var (cut, _) = (await packages.ReadAsync(address, stop)).Select(types);
            var whole = known is not null && known.Version == cut.Version ? SchemaFile.Merge(known, cut) : cut;

            return MirroredProvider.Of(Keep(whole));
        }
        catch (CommandFailedException failed) when (own is not null)
        {
            notes.Add($"the package of {address} cannot be fetched ({failed.Message}): types that the committed schema lacks are unknown: {string.Join(", ", lacking.AsEnumerable())}");

            return own;
        }
    }

    private string Version(MirroredProvider own, VersionConstraint[] constraints)
    {
        if (constraints.All(constraint => constraint.Accepts(own.Version)))
        {
            return own.Version;
        }

        var version = constraints[0].Lowest(constraints.Skip(1))
            ?? throw new InvalidDataException($"{own.Source}: no version satisfies {string.Join(" and ", constraints.Select(constraint => $"“{constraint.Text}”").Distinct())}. Make the modules' constraints overlap.");
        notes.Add($"{own.Source} {version} is asked for and offered, with the schema of {own.Version}: arguments that came or went between them are judged by that one");

        return version;
    }

    private string Keep(ProviderSchema schema)
    {
        var text = SchemaFile.Text(schema);
        var file = Path.Combine(repository.Cache, "terraform", "schemas", $"{schema.Provider.Replace('/', '-')}-{Fingerprint.Of(text)}.json");

        if (!File.Exists(file))
        {
            SchemaFile.Write(schema, file);
            Generations.ForgetOthers(file);
        }

        Generations.Use(file);

        return file;
    }

    private static bool Has(ProviderSchema schema, UsedType type) => schema.Of(type.Kind).ContainsKey(type.Name);
}
