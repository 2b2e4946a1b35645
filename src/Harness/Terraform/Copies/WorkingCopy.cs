using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Copies;

/// <summary>
/// A copy of a configuration's files in which Terraform runs, so that the tree never gets a <c>.terraform</c> folder, a lock file or an override.
/// Files keep their positions relative to each other: paths such as <c>../../../envs/dev/env.yaml</c> work.
/// </summary>
public sealed class WorkingCopy : IDisposable
{
    private readonly string origin;

    private WorkingCopy(string folder, string origin)
    {
        Folder = folder;
        this.origin = origin;
    }

    /// <summary>All of it: <c>tree/</c> with the files, beside it what Terraform keeps for each root.</summary>
    public string Folder { get; }

    /// <summary>
    /// Where copies of a repository lie: in the folder that <c>CAUSEWAY_COPIES</c> names, else in the repository's own. A copy's name begins with its owner's
    /// process id and start time, so that one whose owner is gone is known.
    /// </summary>
    public static string All(Repository repository) => Environment.GetEnvironmentVariable("CAUSEWAY_COPIES") is { Length: > 0 } folder
        ? Path.Combine(folder, Fingerprint.Of(repository.Root))
        : Path.Combine(repository.Cache, "terraform", "copies");

    /// <summary>Copies what <paramref name="root"/> needs, as <see cref="SourceFiles"/> finds it.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UsageException">It is the machine's root folder: this refuses to copy <c>/</c>.</exception>
    public static async Task<WorkingCopy> CreateAsync(Repository repository, string root, bool withLockFile, CancellationToken stop)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"There is no folder {root}.");
        }

        if (root == "/")
        {
            throw new UsageException("Terraform runs in a copy of its folder, and `/` is not copied.", "Change to the folder of a configuration, or name one.");
        }

        var files = await SourceFiles.OfAsync(repository, root, stop);
        var origin = CommonFolder([root, .. files.Needed.Concat(files.Named).Select(file => Path.GetDirectoryName(file)!)]);
        var copy = new WorkingCopy(NewFolder(repository), origin);

        try
        {
            foreach (var file in files.Needed.Where(file => withLockFile || Path.GetFileName(file) != ".terraform.lock.hcl"))
            {
                stop.ThrowIfCancellationRequested();
                Copy(file, copy.PathOf(file));
            }

            foreach (var file in files.Named)
            {
                stop.ThrowIfCancellationRequested();
                TryCopy(file, copy.PathOf(file));
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

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);

        if (new FileInfo(from).LinkTarget is { } target)
        {
            File.CreateSymbolicLink(to, target);
        }
        else if (new FileInfo(from).Length == 0)
        {
            // It may be a pipe, which has no end.
            File.WriteAllBytes(to, []);
        }
        else
        {
            File.Copy(from, to, overwrite: true);
        }
    }

    private static void TryCopy(string from, string to)
    {
        try
        {
            Copy(from, to);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Whether it is needed, Terraform will say.
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
