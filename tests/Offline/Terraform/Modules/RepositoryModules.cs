namespace Causeway.Offline.Terraform.Modules;

/// <summary>The modules there are: every folder of <c>terraform/modules/PROVIDER/ENTITY</c>.</summary>
internal static class RepositoryModules
{
    /// <summary>Relative to the repository, in order.</summary>
    public static IReadOnlyList<string> All(Harness.Repository repository) => Below(repository, "terraform/modules", 2);

    public static IReadOnlyList<string> Examples(Harness.Repository repository) =>
        [.. All(repository).SelectMany(module => Below(repository, $"{module}/examples", 1))];

    public static IReadOnlyList<string> Stacks(Harness.Repository repository) => Below(repository, "terraform/stacks", 2);

    private static string[] Below(Harness.Repository repository, string folder, int levels) => levels == 0 ? [folder] :
    [
        .. Directory.EnumerateDirectories(repository.PathTo(folder)).Order(StringComparer.Ordinal)
            .SelectMany(below => Below(repository, $"{folder}/{Path.GetFileName(below)}", levels - 1)),
    ];
}
