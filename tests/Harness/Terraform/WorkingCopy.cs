namespace Causeway.Harness.Terraform;

/// <summary>
/// A copy of a configuration's files in which Terraform runs, so that the tree never gets a <c>.terraform</c> folder, a lock file or an override.
/// Files keep their positions relative to each other: paths such as <c>../../../envs/dev/env.yaml</c> work.
/// </summary>
public sealed class WorkingCopy : IDisposable
{
    private static readonly string[] NeverCopied = [".terraform", ".git", "node_modules"];

    private readonly string origin;

    private WorkingCopy(string folder, string origin)
    {
        Folder = folder;
        this.origin = origin;
    }

    /// <summary>All of it: <c>tree/</c> with the files, beside it what Terraform keeps for each root.</summary>
    public string Folder { get; }

    /// <summary>Where copies lie. A copy's name begins with its owner's process id and start time, so that one whose owner is gone is known.</summary>
    public static string All(Repository repository) => Path.Combine(repository.Cache, "terraform", "copies");

    /// <summary>Copies what <paramref name="root"/> needs: in this repository the Terraform tree with the documents it reads; elsewhere the git repository it is in, or, where
    /// there is none, the folder and every local module it reaches. Of a git repository, files that are tracked or not ignored.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static async Task<WorkingCopy> CreateAsync(Repository repository, string root, bool withLockFile, CancellationToken stop)
    {
        root = Path.GetFullPath(root).TrimEnd('/');

        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"There is no folder {root}.");
        }

        var files = await FilesAsync(repository, root, stop);
        var origin = CommonFolder([root, .. files.Select(file => Path.GetDirectoryName(file)!)]);
        var copy = new WorkingCopy(NewFolder(repository), origin);

        try
        {
            foreach (var file in files.Where(file => withLockFile || Path.GetFileName(file) != ".terraform.lock.hcl"))
            {
                stop.ThrowIfCancellationRequested();
                Copy(file, copy.PathOf(file));
            }

            Directory.CreateDirectory(copy.PathOf(root));

            return copy;
        }
        catch
        {
            copy.Dispose();

            throw;
        }
    }

    /// <summary>The repository as it was in a commit, in place of the files it has now.</summary>
    public static async Task<WorkingCopy> OfCommitAsync(Repository repository, MergeBase commit, CancellationToken stop)
    {
        var copy = new WorkingCopy(NewFolder(repository), repository.Root);

        try
        {
            await commit.ExtractAsync(repository.Root, copy.PathOf(repository.Root), stop);

            foreach (var hashes in Directory.EnumerateFiles(copy.Folder, ".terraform.lock.hcl", SearchOption.AllDirectories).ToArray())
            {
                File.Delete(hashes);
            }

            return copy;
        }
        catch
        {
            copy.Dispose();

            throw;
        }
    }

    private static string NewFolder(Repository repository) => Path.Combine(All(repository), $"{ProcessIdentity.Own}-{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>A copy that is there already: one a killed process left behind.</summary>
    internal static WorkingCopy Existing(string folder, string origin) => new(folder, origin);

    internal string Origin => origin;

    /// <summary>Where a file or folder of the tree is in the copy.</summary>
    public string PathOf(string original) => Path.GetFullPath(Path.Combine(Folder, "tree", Path.GetRelativePath(origin, original)));

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(Repository repository, string root, CancellationToken stop)
    {
        if (await GitRootAsync(root, stop) is not { } git)
        {
            return Reached(root);
        }

        string[] paths = git == repository.Root
            ? ["terraform", "schemas", "services/*/workload.yaml", "services/*/infra", Path.GetRelativePath(git, root)]
            : ["."];
        var listed = await CommandLine.Of("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", .. paths]).In(git).RunAsync(stop);
        string[] files = [.. listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(file => file.Trim('\n')).Where(file => file.Length > 0).Select(file => Path.Combine(git, file)).Where(IsWanted)];

        // A folder that git ignores, inside a repository, is for our purpose in none.
        return files.Any(file => file.StartsWith(root + '/', StringComparison.Ordinal))
            ? [.. files.Concat(Variables(root)).Concat(Reached(root, outside: git)).Distinct()]
            : Reached(root);
    }

    // Terraform reads them by itself, and they are ignored more often than not.
    private static IEnumerable<string> Variables(string root) => Directory.EnumerateFiles(root).Where(file => file.EndsWith(".tfvars", StringComparison.Ordinal) || file.EndsWith(".tfvars.json", StringComparison.Ordinal));

    /// <summary>The files of the root and of each local module that lies neither in it nor in <paramref name="outside"/>.</summary>
    private static IReadOnlyList<string> Reached(string root, string? outside = null)
    {
        string[] folders = [.. ModuleTree.Of(root).Folders.Where(Directory.Exists)];
        var wanted = outside is null ? folders : folders.Where(folder => !$"{folder}/".StartsWith(outside + '/', StringComparison.Ordinal));

        return [.. wanted.SelectMany(Below).Distinct()];
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Where(IsWanted)
            .Concat(Directory.EnumerateDirectories(folder).Where(child => !NeverCopied.Contains(Path.GetFileName(child)) && new DirectoryInfo(child).LinkTarget is null).SelectMany(Below));

    private static bool IsWanted(string file)
    {
        var name = Path.GetFileName(file);

        // A state of another name is what `terraform_remote_state` reads.
        return (File.Exists(file) || new FileInfo(file).LinkTarget is not null)
            && name is not (TerraformRoot.Override or "terraform.tfstate")
            && !name.Contains(".tfstate.", StringComparison.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);

        if (new FileInfo(from).LinkTarget is { } target)
        {
            File.CreateSymbolicLink(to, target);
        }
        else
        {
            File.Copy(from, to, overwrite: true);
        }
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

    private static string CommonFolder(IEnumerable<string> folders) =>
        folders.Distinct().Aggregate((common, folder) =>
        {
            while (!$"{folder}/".StartsWith(common.TrimEnd('/') + '/', StringComparison.Ordinal))
            {
                common = Path.GetDirectoryName(common) ?? "/";
            }

            return common;
        });
}
