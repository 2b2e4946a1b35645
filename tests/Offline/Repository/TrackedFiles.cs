using Causeway.Harness;

namespace Causeway.Offline.Repository;

/// <summary>The files that belong to the repository: what git tracks, or would with <c>git add</c>.</summary>
internal static class TrackedFiles
{
    /// <param name="pattern">What git takes for a path, such as <c>*.cs</c> for every C# file in any folder.</param>
    /// <returns>Paths relative to <paramref name="root"/>, sorted.</returns>
    public static async Task<string[]> ListAsync(string root, string pattern, CancellationToken stop)
    {
        var listed = await CommandLine.Of("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", pattern).In(root).RunAsync(stop);

        return [
            .. listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(Path.Combine(root, file)))
                .Distinct()
                .Order(StringComparer.Ordinal)
        ];
    }
}
