using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.ModuleSources;

/// <summary>
/// Finds the folder that stands in for a module's package: in the folders that were named, as <c>ns/name/provider</c> or as its repository is called,
/// <c>terraform-provider-name</c> for one of a registry; and beside any folder above the root, under the repository's name.
/// </summary>
/// <param name="root">The root whose modules are looked for.</param>
/// <param name="named">What <c>--modules</c> said.</param>
public sealed class ModuleFolders(string root, IReadOnlyList<string> named)
{
    /// <summary>Where the root is in the tree, if the one given is a working copy.</summary>
    public string? Beside { get; init; }

    /// <summary>The package's folder, or null.</summary>
    public string? Find(ModuleCall call)
    {
        var package = call.RegistryPackage?.Split('/');
        var repository = package is [_, var name, var provider] ? $"terraform-{provider}-{name}" : call.GitRepository;

        if (repository is null)
        {
            return null;
        }

        return named.Select(Path.GetFullPath)
            .SelectMany(folder => new[] { package is null ? null : Path.Combine([folder, .. package]), Path.Combine(folder, repository) }.OfType<string>())
            .Concat(Above(Beside ?? root).Select(folder => Path.Combine(folder, repository)))
            .FirstOrDefault(Directory.Exists);
    }

    /// <summary>Each package a root needs, with its folder and, for one of a registry, the constraints of its callers.</summary>
    /// <exception cref="TerraformException">A package, or the folder inside it, was not found; the message names every call concerned.</exception>
    public ModulePackages Resolve(string shown)
    {
        var calls = ModuleTree.Of(root, Find).Calls.Where(call => call.IsRemote).ToArray();
        Diagnostic[] missing = [.. calls.Where(call => Find(call) is not { } found || !Directory.Exists(Path.Combine(found, call.Inside))).Select(Missing)];

        return missing is []
            ? new(
                [.. calls.Where(call => call.RegistryPackage is not null).GroupBy(call => call.RegistryPackage!).Select(group => new RegistryModule(
                    group.Key,
                    Find(group.First())!,
                    [.. group.Select(call => Version(call)).Distinct().Order(StringComparer.Ordinal)]))],
                [.. calls.Select(call => call.RegistryHost).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                calls.Where(call => call.GitRepository is not null)
                    .DistinctBy(call => call.GitRepository)
                    .ToDictionary(call => call.GitRepository!, call => Find(call)!))
            : throw new TerraformException(
                "init",
                shown,
                missing,
                "",
                "Nothing is downloaded here: put the modules into a folder, those of a registry as ns/name/provider or terraform-<provider>-<name>, those " +
                "of git under their repository's name, and name it with `--modules <folder>`; or put them beside the configuration's repository.");
    }

    private static string Version(ModuleCall call)
    {
        var constraint = new VersionConstraint(call.Version ?? ">= 0.0.1");

        return constraint.Lowest() ?? throw new TerraformException(
            "init",
            Path.GetDirectoryName(call.File)!,
            [new("error", "No version can fit", $"No version fits “{call.Version}”.", call.File, call.Line, $"module.{call.Name}")],
            "");
    }

    private Diagnostic Missing(ModuleCall call) => new(
        "error",
        "Module not found",
        call.RegistryPackage is null && call.GitRepository is null
            ? $"{call.Source} would be downloaded, and its name does not say which folder could stand in for it. Write a registry's or git's source, or a path."
            : $"No folder holds {call.Source}. Looked in {string.Join(", ", [.. named, "beside the folders above the root"])}.",
        Path.GetRelativePath(root, call.File),
        call.Line,
        $"module.{call.Name}");

    private static IEnumerable<string> Above(string folder)
    {
        for (var above = new DirectoryInfo(Path.GetFullPath(folder)).Parent; above is not null; above = above.Parent)
        {
            yield return above.FullName;
        }
    }
}
