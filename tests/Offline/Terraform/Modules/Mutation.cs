using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>An argument of a module, example or stack that is misspelt.</summary>
/// <param name="Folder">Relative to the repository.</param>
/// <param name="File">Its name in the folder.</param>
internal sealed record Mutation(string Folder, string File, ArgumentMutation Argument)
{
    public string Name => $"{File}:{Argument.Line} {Argument.Argument}";

    public string Misspelt => $"{Argument.Argument}{ArgumentMutation.Misspelling}";

    public bool IsBackend => Argument.Argument.StartsWith("terraform.backend.", StringComparison.Ordinal);

    public bool IsProvider => Argument.Argument.StartsWith("provider.", StringComparison.Ordinal);

    public bool IsCall => Argument.Argument.StartsWith("module.", StringComparison.Ordinal);

    public bool IsSource => IsCall && Argument.Argument.EndsWith(".source", StringComparison.Ordinal);

    /// <summary>Every folder with Terraform files.</summary>
    public static IReadOnlyList<string> Folders(Harness.Repository repository) =>
    [
        .. Directory.EnumerateFiles(repository.PathTo("terraform"), "*.tf", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(repository.Root, Path.GetDirectoryName(file)!)).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Every argument of a folder's files.</summary>
    public static IReadOnlyList<Mutation> In(Harness.Repository repository, string folder) =>
    [
        .. Directory.EnumerateFiles(repository.PathTo(folder), "*.tf").Order(StringComparer.Ordinal)
            .SelectMany(file => ArgumentMutation.Of(System.IO.File.ReadAllText(file))
                .Select(argument => new Mutation(folder, Path.GetFileName(file), argument))),
    ];
}
