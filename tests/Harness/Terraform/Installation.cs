namespace Causeway.Harness.Terraform;

/// <summary>What Terraform needs beside a root's files to run without a network: a mirror of providers, and a registry for the modules it calls.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ModuleRegistry? registry;

    private Installation(string configuration, ModuleRegistry? registry, IReadOnlyList<string> notes)
    {
        Configuration = configuration;
        this.registry = registry;
        Notes = notes;
    }

    /// <summary>Text of Terraform's configuration file.</summary>
    public string Configuration { get; }

    /// <summary>What a reader should know of it.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <param name="root">The root in its working copy.</param>
    /// <param name="original">The root in the tree: beside it modules are looked for.</param>
    /// <exception cref="TerraformException">A module of the registry has no folder here.</exception>
    public static async Task<Installation> PrepareAsync(Repository repository, string root, string original, string shown, TerraformOptions options, CancellationToken stop)
    {
        var modules = new ModuleFolders(root, options.Modules) { Beside = original };
        var packages = modules.Resolve(shown);
        var wanted = RequiredProviders.In(ModuleTree.Of(root, modules.Find).Folders);
        var (providers, notes) = Choose(wanted, options.Schemas ?? Committed(repository));
        var program = providers is [] ? "none" : await new ProviderProgram(repository).EnsureAsync(stop, options.OnLine);
        var mirror = await new ProviderMirror(repository).EnsureAsync(providers, program, stop);
        var registry = packages is [] ? null : ModuleRegistry.Start(packages);

        return new(CliConfiguration.Text(mirror, registry?.Address), registry, notes);
    }

    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    private static string[] Committed(Repository repository)
    {
        var folder = repository.PathTo("tests", "Provider", "Schemas");

        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];
    }

    // A provider that is wanted and has no schema is left out: Terraform says by whom it is wanted.
    private static (IReadOnlyList<MirroredProvider> Providers, IReadOnlyList<string> Notes) Choose(IReadOnlyDictionary<string, IReadOnlyList<VersionConstraint>> wanted, IReadOnlyList<string> schemas)
    {
        var (providers, notes) = (new List<MirroredProvider>(), new List<string>());

        foreach (var own in wanted.Count == 0 ? [] : schemas.Select(schema => MirroredProvider.Of(schema)).Where(provider => wanted.ContainsKey(provider.Source)))
        {
            var offered = RequiredProviders.Offer(own.Source, own.Version, wanted[own.Source]);
            providers.Add(own with { Version = offered });

            if (offered != own.Version)
            {
                notes.Add($"{own.Source} {offered} is asked for; the schemas are those of {own.Version}");
            }
        }

        return (providers, notes);
    }
}
