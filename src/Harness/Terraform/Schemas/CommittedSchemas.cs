namespace Causeway.Harness.Terraform.Schemas;

/// <summary>
/// The schema files of the repository, <c>src/Provider/Schemas/PROVIDER.json</c>: of each provider what is used below <c>terraform/</c>, so that they stay
/// readable in review.
/// </summary>
public static class CommittedSchemas
{
    /// <summary>Where they are kept.</summary>
    public static string Folder(Repository repository) => repository.PathTo("src", "Provider", "Schemas");

    /// <summary>The files as they should be now. Fetches packages of providers that are used and not here yet.</summary>
    /// <remarks>A type that its provider does not have is left out: Terraform's own refusal names file and line.</remarks>
    /// <exception cref="InvalidDataException">The repository uses a provider for which no package is known.</exception>
    public static async Task<IReadOnlyList<GeneratedFile>> GenerateAsync(Repository repository, ProviderPackages packages, CancellationToken stop)
    {
        var (schemas, unknownProviders, _) = await packages.SelectAsync(TypesInUse.Find(repository.PathTo("terraform")), stop);

        if (unknownProviders is [var provider, ..])
        {
            throw new InvalidDataException(
                $"{provider.File} needs the provider {provider.Address}, for which `providers` in build/tools.yaml names no npm package.");
        }

        return [
            .. schemas.Select(schema => new GeneratedFile(Path.Combine(Folder(repository), $"{schema.Provider.Split('/')[^1]}.json"), SchemaFile.Text(schema)))
        ];
    }

    /// <summary>Files in the folder that should not be there: of providers that nothing below <c>terraform/</c> uses any more.</summary>
    public static IReadOnlyList<string> Unexpected(Repository repository, IEnumerable<GeneratedFile> files) =>
        Directory.Exists(Folder(repository))
            ? [.. Directory.EnumerateFiles(Folder(repository), "*.json").Except(files.Select(file => file.Path)).Order(StringComparer.Ordinal)]
            : [];
}
