using System.IO.Compression;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>The providers whose schemas can be had: those of <c>providers</c> in <c>build/tools.yaml</c>.</summary>
/// <param name="say">Receives what takes long and how far it is.</param>
public sealed class ProviderPackages(Repository repository, ToolBox tools, Action<string>? say = null)
{
    /// <summary>The packages, by the provider's full address: of several for one provider the first.</summary>
    public IReadOnlyDictionary<string, ProviderTool> Known { get; } = tools.Manifest.Providers.DistinctBy(tool => tool.Address)
        .ToDictionary(tool => tool.Address);

    /// <summary>
    /// The package with the highest version of a provider that all constraints accept; where none is accepted, the nearest above what they ask for, else the
    /// first. Null where no package is known.
    /// </summary>
    public ProviderTool? Choose(string address, IReadOnlyList<VersionConstraint> constraints)
    {
        var several = tools.Manifest.Providers.Where(tool => tool.Address == address && tool.Provides is not null)
            .Select(tool => (Tool: tool, Version: ReleaseVersion.TryParse(tool.Provides!)!))
            .OrderBy(pair => pair.Version, Comparer<ReleaseVersion>.Create((one, other) => one.CompareTo(other)))
            .ToArray();
        var lowest = constraints is [] ? null : constraints[0].Lowest(constraints.Skip(1)) is { } text ? ReleaseVersion.TryParse(text) : null;

        return several.LastOrDefault(pair => constraints.All(constraint => constraint.Accepts(pair.Tool.Provides!))).Tool
            ?? several.FirstOrDefault(pair => lowest is not null && pair.Version.CompareTo(lowest) > 0).Tool
            ?? Known.GetValueOrDefault(address);
    }

    // A schema that an older reader made is not found any more: the reader's own text is part of the name. Another change of the harness leaves it.
    private static readonly Lazy<string> Reader = new(() =>
    {
        var assembly = typeof(ProviderPackage).Assembly;

        return Fingerprint.Of(
            [
                .. assembly.GetManifestResourceNames()
                    .Where(name => name.StartsWith("reader/", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(name =>
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);

            return text.ReadToEnd();
        })])[..8];
    });

    /// <summary>The whole schema of a provider, from <c>.causeway/schemas</c> or, the first time, from its package, which is fetched if need be.</summary>
    /// <exception cref="InvalidDataException">No package is known for the provider, or it is not as pinned, or cannot be read.</exception>
    public Task<ProviderSchema> ReadAsync(string address, CancellationToken stop) => ReadAsync(
        Known.GetValueOrDefault(address)
            ?? throw new InvalidDataException(
                $"No npm package is known for the provider {address}; add one to `providers` in build/tools.yaml. Known are " +
                $"{string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}."),
        stop);

    /// <inheritdoc cref="ReadAsync(string, CancellationToken)"/>
    public async Task<ProviderSchema> ReadAsync(ProviderTool tool, CancellationToken stop)
    {
        var cached = CacheOf(tool);

        if (ReadCached(cached) is { } known)
        {
            return known;
        }

        var packed = await tools.FetchPackedAsync(tool, stop, say);
        var progress = new ReadingProgress($"reading the schema of {tool.Address} from its package, the first time only", new FileInfo(packed).Length, say);
        var schema = new ProviderPackage(tool.Npm, tool.Version, packed).ReadAll(progress.At);

        if (schema.Provider != tool.Address || schema.Version != (tool.Provides ?? schema.Version))
        {
            throw new InvalidDataException(
                $"build/tools.yaml: {tool.Npm}@{tool.Version} is for {schema.Provider} {schema.Version}, not for {tool.Address} {tool.Provides}.");
        }

        WriteCached(schema, cached);

        return schema;
    }

    /// <summary>
    /// The schema of a provider with only these types. It is kept by its content's origin (package, reader, types), so that the whole schema, which
    /// takes seconds to read, is read once for each choice of types.
    /// </summary>
    /// <inheritdoc cref="ReadAsync(string, CancellationToken)"/>
    public async Task<ProviderSchema> ReadAsync(ProviderTool tool, IReadOnlyList<UsedType> types, CancellationToken stop)
    {
        var origin = Fingerprint.Of([tool.Sha256, Reader.Value, .. types.Select(type => $"{type.Provider} {type}").Order(StringComparer.Ordinal)]);
        var kept = Path.Combine(repository.Cache, "schemas", "cut", $"{string.Join('-', tool.Address.Split('/')[1..])}-{origin}.json");

        if (ReadKept(kept) is { } known)
        {
            CacheEviction.Use(kept);

            return known;
        }

        var (cut, _) = (await ReadAsync(tool, stop)).Select(types);
        SchemaFile.Write(cut, kept);
        CacheEviction.ForgetOthers(kept);

        return cut;
    }

    /// <summary>The schemas of all providers that <paramref name="used"/> needs and that are known, cut to its types, and what could not be found.</summary>
    public async Task<(
        IReadOnlyList<ProviderSchema> Schemas, IReadOnlyList<RequiredProvider> UnknownProviders, IReadOnlyList<UsedType> UnknownTypes)> SelectAsync(
        TypesInUse used, CancellationToken stop)
    {
        var schemas = new List<ProviderSchema>();
        var unknown = new List<UsedType>();

        foreach (var provider in used.Providers.Where(provider => Known.ContainsKey(provider.Address)))
        {
            var (schema, missing) = (await ReadAsync(provider.Address, stop)).Select(used.Types);
            schemas.Add(schema);
            unknown.AddRange(missing);
        }

        return (schemas, [.. used.Providers.Where(provider => !Known.ContainsKey(provider.Address))], unknown);
    }

    private string CacheOf(ProviderTool tool) =>
        Path.Combine(repository.Cache, "schemas", $"{string.Join('-', tool.Address.Split('/')[1..])}-{tool.Version}-{tool.Sha256[..8]}-{Reader.Value}.json.gz");

    private static ProviderSchema? ReadKept(string path)
    {
        try
        {
            return SchemaFile.Read(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            // Not made yet, or damaged: it is made again.
            return null;
        }
    }

    private static ProviderSchema? ReadCached(string path)
    {
        try
        {
            using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);

            return SchemaFile.Parse(file, path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            // Not made yet, or damaged: it is made again.
            return null;
        }
    }

    private void WriteCached(ProviderSchema schema, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";

        using (var file = new GZipStream(File.Create(unfinished), CompressionLevel.Fastest))
        {
            SchemaFile.Write(schema, file);
        }

        File.Move(unfinished, path, overwrite: true);
        var provider = string.Join('-', Path.GetFileName(path).Split('-')[..2]);
        string[] kept = [path, .. tools.Manifest.Providers.Select(CacheOf)];

        foreach (var older in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{provider}-*.json.gz").Except(kept))
        {
            File.Delete(older);
        }
    }
}
