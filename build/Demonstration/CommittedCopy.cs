using Causeway.Harness;

namespace Causeway.Build.Demonstration;

/// <summary>The working tree as a commit of a repository of its own, in a temporary folder. What is cached is shared with the original.</summary>
internal sealed class CommittedCopy : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("causeway-demo-");

    public Repository Repository => new(folder.FullName);

    public static async Task<CommittedCopy> OfAsync(Repository repository, CancellationToken stop)
    {
        var copy = new CommittedCopy();

        try
        {
            foreach (var file in await repository.FilesAsync(stop))
            {
                var to = copy.Repository.PathTo(file);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(repository.PathTo(file), to);
            }

            await copy.GitAsync(stop, "init", "--quiet");
            await File.WriteAllTextAsync(copy.Repository.PathTo(".git", "info", "exclude"), ".causeway\n", stop);
            await copy.GitAsync(stop, "add", "--all");
            await copy.GitAsync(stop, "-c", "user.name=demo", "-c", "user.email=demo@localhost", "commit", "--quiet", "--message", "base");
            File.CreateSymbolicLink(copy.Repository.Cache, repository.Cache);

            return copy;
        }
        catch
        {
            copy.Dispose();

            throw;
        }
    }

    /// <summary>Takes every change back.</summary>
    public async Task ResetAsync(CancellationToken stop)
    {
        await GitAsync(stop, "reset", "--quiet", "--hard");
        await GitAsync(stop, "clean", "--quiet", "--force", "-d");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task GitAsync(CancellationToken stop, params string[] arguments) => CommandLine.Of("git", arguments).In(folder.FullName).RunAsync(stop);
}
