namespace Causeway.Harness.Terraform.ModuleSources;

/// <summary>The packages of a root's modules that come from elsewhere, as they are on this machine.</summary>
/// <param name="Hosts">The registries the sources name.</param>
/// <param name="Repositories">Folders by the name of the git repository.</param>
public sealed record ModulePackages(IReadOnlyList<RegistryModule> Registry, IReadOnlyList<string> Hosts, IReadOnlyDictionary<string, string> Repositories);
