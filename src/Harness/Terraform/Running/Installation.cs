using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.ModuleSources;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Harness.Terraform.Running;

/// <summary>
/// What Terraform needs beside a root's files to run without a network: a mirror of providers, and stand-ins for the registry and the git repositories of the
/// modules it calls.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ModuleRegistry? registry;

    private Installation(
        IReadOnlyList<MirroredProvider> providers, string program, string configuration, string git, ModuleRegistry? registry, IReadOnlyList<string> notes)
    {
        Providers = providers;
        Program = program;
        Configuration = configuration;
        Git = git;
        this.registry = registry;
        Notes = notes;
    }

    /// <summary>The providers in the mirror.</summary>
    public IReadOnlyList<MirroredProvider> Providers { get; }

    /// <summary>The executable that is each of them.</summary>
    public string Program { get; }

    /// <summary>Text of Terraform's configuration file.</summary>
    public string Configuration { get; }

    /// <summary>The folder of the program that Terraform takes for git: <see cref="OfflineGit"/>.</summary>
    public string Git { get; }

    /// <summary>What a reader should know of it.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <param name="root">The root in its working copy.</param>
    /// <param name="own">Where Terraform keeps what it needs for this root alone.</param>
    /// <param name="original">The root in the tree: beside it modules are looked for.</param>
    /// <exception cref="TerraformException">A module from elsewhere has no folder here.</exception>
    public static async Task<Installation> PrepareAsync(
        Repository repository, string root, string own, string original, string shown, TerraformOptions options, CancellationToken stop)
    {
        var modules = new ModuleFolders(root, options.Modules) { Beside = original };
        var packages = modules.Resolve(shown);
        var offered = new ProviderResolver(
            repository, options.Schemas ?? Committed(repository), options.Before, options.OnProgress ?? options.OnLine);
        var providers = await offered.ForAsync(ModuleTree.Of(root, modules.Find).Folders, shown, stop);
        var program = providers is [] ? "none" : await new ProviderProgram(repository).EnsureAsync(stop, options.OnLine);
        var mirror = new ProviderMirror(repository).Ensure(providers, program);
        var registry = packages.Registry is [] ? null : ModuleRegistry.Start(packages.Registry);

        return new(
            providers,
            program,
            CliConfiguration.Text(mirror, registry?.Address, packages.Hosts),
            OfflineGit.Write(Path.Combine(own, "git"), packages.Repositories),
            registry,
            offered.Notes);
    }

    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    internal static string[] Committed(Repository repository)
    {
        var folder = CommittedSchemas.Folder(repository);

        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];
    }
}
