using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Copies;

/// <summary>Which files a root needs to be the same elsewhere.</summary>
/// <param name="Needed">Without them it is another configuration.</param>
/// <param name="Named">Reached by a literal path alone; one that cannot be read is left out.</param>
internal sealed record SourceFiles(IReadOnlyList<string> Needed, IReadOnlyList<string> Named)
{
    // A folder that a path names may be anything, even a whole disk.
    private const long LargestNamedFolder = 20_000_000;
    private const int MostNamedFiles = 5_000;

    private static readonly string[] NeverCopied = [".terraform", ".git", "node_modules"];
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>
    /// In this repository, with or without git, the Terraform tree with the documents it reads; elsewhere the git repository the root is in, or, where
    /// there is none, its folder; with both, every local module it reaches and what the configuration names with a literal path. Of a git repository,
    /// files that are tracked or not ignored.
    /// </summary>
    public static async Task<SourceFiles> OfAsync(Repository repository, string root, CancellationToken stop)
    {
        var git = await GitRootAsync(root, stop);
        var listed = git is not null ? await ListedAsync(repository, git, root, stop)
            : IsBelow(root, repository.Root) ? Unpacked(repository)
            : [];

        // A folder that git ignores counts as one outside of any repository.
        if (!listed.Any(file => IsBelow(file, root)))
        {
            (git, listed) = (null, []);
        }

        string[] modules = [.. ModuleTree.Of(root).Folders.Where(Directory.Exists)];
        HashSet<string> needed = [.. listed, .. Variables(root), .. modules.SelectMany(folder => Missing(folder, listed))];

        var read = modules.SelectMany(folder => LiteralPath.In(root, folder)).Distinct().SelectMany(path => AtPath(path, git, listed));

        return new([.. needed], [.. read.Where(file => !needed.Contains(file)).Distinct()]);
    }

    // This repository without git, such as an unpacked archive.
    private static HashSet<string> Unpacked(Repository repository) =>
    [
        .. new[] { "terraform", "schemas" }.SelectMany(folder => Below(repository.PathTo(folder))),
        .. repository.Workloads().Select(workload => repository.PathTo("services", workload, "workload.yaml")),
        .. repository.Workloads().Select(workload => repository.PathTo("services", workload, "infra")).Where(Directory.Exists).SelectMany(Below),
    ];

    private static async Task<HashSet<string>> ListedAsync(Repository repository, string git, string root, CancellationToken stop)
    {
        string[] paths = git == repository.Root
            ? ["terraform", "schemas", "services/*/workload.yaml", "services/*/infra", Path.GetRelativePath(git, root)]
            : ["."];
        var found = await CommandLine.Of("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", .. paths]).In(git).RunAsync(stop);

        return [
            .. found.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(file => file.Trim('\n'))
                .Where(file => file.Length > 0)
                .Select(file => Path.Combine(git, file))
                .Where(IsWanted)
        ];
    }

    // Terraform reads them by itself, and they are ignored more often than not.
    private static IEnumerable<string> Variables(string root) => Directory.EnumerateFiles(root)
        .Where(file => file.EndsWith(".tfvars", StringComparison.Ordinal) || file.EndsWith(".tfvars.json", StringComparison.Ordinal));

    // A module of which git lists nothing is in a submodule, in an ignored folder or outside of the repository. Symlinked modules are copied with the link.
    private static IEnumerable<string> Missing(string folder, HashSet<string> listed)
    {
        string[] missing = [.. Configuration.Files(folder).Where(IsWanted).Where(file => !listed.Contains(file))];

        return (missing is [] && Configuration.Files(folder).Any()) || Above(folder).Any(listed.Contains) ? []
            : listed.Any(file => IsBelow(file, folder)) ? missing
            : Below(folder);
    }

    private static IEnumerable<string> AtPath(string path, string? git, HashSet<string> listed) =>
        Above(path).Any(listed.Contains) ? []
        : File.Exists(path) ? IsWanted(path) ? [path] : []
        : !Directory.Exists(path) || (git is not null && listed.Any(file => IsBelow(file, path))) ? []
        : Small(path);

    private static List<string> Small(string folder)
    {
        var (files, bytes) = (new List<string>(), 0L);

        foreach (var file in Below(folder))
        {
            files.Add(file);
            bytes += new FileInfo(file) is { LinkTarget: null, Exists: true } real ? real.Length : 0;

            if (bytes > LargestNamedFolder || files.Count > MostNamedFiles)
            {
                return [];
            }
        }

        return files;
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*", All).Where(IsWanted)
            .Concat(Directory.EnumerateDirectories(folder, "*", All)
                .Where(child => !NeverCopied.Contains(Path.GetFileName(child)) && new DirectoryInfo(child).LinkTarget is null)
                .SelectMany(Below));

    private static bool IsBelow(string file, string folder) => file.StartsWith(folder + '/', StringComparison.Ordinal);

    private static IEnumerable<string> Above(string path)
    {
        for (var above = path; above is not null; above = Path.GetDirectoryName(above))
        {
            yield return above;
        }
    }

    private static bool IsWanted(string file)
    {
        var name = Path.GetFileName(file);

        // A state of another name is what `terraform_remote_state` reads.
        return (File.Exists(file) || new FileInfo(file).LinkTarget is not null)
            && name is not (TerraformRoot.Override or ".git" or "terraform.tfstate")
            && !name.Contains(".tfstate.", StringComparison.Ordinal);
    }

    private static async Task<string?> GitRootAsync(string folder, CancellationToken stop)
    {
        try
        {
            var found = await CommandLine.Of("git", "rev-parse", "--show-toplevel").In(folder).TryRunAsync(stop);

            return found.ExitCode == 0 ? found.Output.Trim() : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
