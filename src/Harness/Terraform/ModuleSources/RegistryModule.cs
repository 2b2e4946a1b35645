namespace Causeway.Harness.Terraform.ModuleSources;

/// <summary>A registry package that a folder on this machine stands in for.</summary>
/// <param name="Package"><c>ns/name/provider</c>.</param>
/// <param name="Versions">What is offered: for each caller the lowest version its constraint accepts, all of them the same folder.</param>
public sealed record RegistryModule(string Package, string Folder, IReadOnlyList<string> Versions);
