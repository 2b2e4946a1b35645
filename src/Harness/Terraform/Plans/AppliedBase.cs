using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>
/// What a commit made in an environment of the simulated cloud: its states and the cloud's file, kept under all that decides about them. The next plan
/// against the same commit starts from there instead of applying it again.
/// </summary>
internal sealed class AppliedBase
{
    private readonly string folder;

    private AppliedBase(string folder) => this.folder = folder;

    /// <summary>
    /// Where it is kept, or will be. Null where something outside the commit decides too: files and folders named on the command line, programs.
    /// </summary>
    /// <param name="commit">The whole hash.</param>
    /// <param name="schemas">The schema files that the provider serves.</param>
    public static async Task<AppliedBase?> OfAsync(
        Repository repository, PlanRequest request, string commit, string environment, IReadOnlyList<string> schemas, CancellationToken stop)
    {
        if (request is not { Modules: [], VariableFiles: [], Given: [], AllowPrograms: false })
        {
            return null;
        }

        var terraform = new FileInfo(TerraformProgram.Find());
        var key = Fingerprint.Of([
            commit, environment, request.Stack ?? "", schemas is [] ? "" : await new ProviderProgram(repository).EnsureAsync(stop),
            terraform.FullName, $"{terraform.Length} {terraform.LastWriteTimeUtc.Ticks}",
            .. schemas.Select(file => Fingerprint.OfFiles(Path.GetDirectoryName(file)!, [file])),
            .. request.Variables.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal),
        ]);

        return new(Path.Combine(repository.Cache, "terraform", "bases", key));
    }

    /// <summary>Puts the files where they were.</summary>
    /// <returns>Whether they were kept.</returns>
    public bool TryRestore(string to)
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        CacheEviction.Use(folder);

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Copy(file, Path.Combine(to, Path.GetRelativePath(folder, file)));
        }

        return true;
    }

    /// <summary>Keeps the files. Interrupted, it keeps none.</summary>
    /// <param name="files">Relative to <paramref name="from"/>; one that does not exist was not made.</param>
    public void Keep(string from, IEnumerable<string> files)
    {
        var unfinished = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);

        foreach (var file in files.Where(file => File.Exists(Path.Combine(from, file))))
        {
            Copy(Path.Combine(from, file), Path.Combine(unfinished, file));
        }

        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another plan kept the same.
            Directory.Delete(unfinished, recursive: true);
        }

        CacheEviction.ForgetOthers(folder);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
