namespace Causeway.Harness;

/// <summary>The checkout the harness works on, and where things live in it.</summary>
/// <param name="Root">Absolute path of the repository's root folder.</param>
public sealed record Repository(string Root)
{
    /// <summary>
    /// Finds the checkout that contains <paramref name="start"/> (default: the one whose <c>./causeway</c> was called, or the current folder's, or the running
    /// program's).
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">No folder above holds <c>global.json</c> and <c>services</c>.</exception>
    public static Repository Find(string? start = null)
    {
        string?[] starts = start is null
            ? [Environment.GetEnvironmentVariable("CAUSEWAY_ROOT"), Environment.CurrentDirectory, AppContext.BaseDirectory]
            : [start];

        foreach (var candidate in starts.OfType<string>())
        {
            for (var folder = new DirectoryInfo(candidate); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "global.json")) && Directory.Exists(Path.Combine(folder.FullName, "services")))
                {
                    return new Repository(folder.FullName);
                }
            }
        }

        throw new DirectoryNotFoundException($"No Causeway checkout at or above {string.Join(" or ", starts.OfType<string>())}. Run from inside a clone.");
    }

    /// <summary>Absolute path of a file or folder named by its parts, relative to the root.</summary>
    public string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>Where tools, rendered manifests and run state are kept between runs; ignored by git, safe to delete when nothing is up.</summary>
    public string Cache => PathTo(".causeway");

    /// <summary>The files that are there: what git tracks, or would with <c>git add</c>. Relative to the root, in order.</summary>
    /// <param name="pattern">What git takes for a path, such as <c>*.cs</c> for every C# file in any folder.</param>
    public async Task<IReadOnlyList<string>> FilesAsync(CancellationToken stop, string pattern = "*")
    {
        var listed = await CommandLine.Of("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", pattern).In(Root).RunAsync(stop);

        return
        [
            .. listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(PathTo(file)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Names of the workloads: the folders of <c>services/</c> that hold a <c>workload.yaml</c>.</summary>
    public IReadOnlyList<string> Workloads() =>
        [.. Directory.EnumerateDirectories(PathTo("services"))
            .Where(folder => File.Exists(Path.Combine(folder, "workload.yaml")))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    /// <summary>Names of the environments: the folders of <c>terraform/envs/</c> that hold an <c>env.yaml</c>.</summary>
    public IReadOnlyList<string> Environments() =>
        [.. Directory.EnumerateDirectories(PathTo("terraform", "envs"))
            .Where(folder => File.Exists(Path.Combine(folder, "env.yaml")))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    /// <summary>Names of the workloads that environment <paramref name="environment"/> has a release file for.</summary>
    public IReadOnlyList<string> Releases(string environment) =>
        PathTo("terraform", "envs", environment, "releases") is var folder && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
            : [];
}
