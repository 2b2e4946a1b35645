using Causeway.Harness;

namespace Causeway.Offline.Tools;

/// <summary>A repository of git with one manifest in it, as others publish theirs.</summary>
internal sealed class PinnedRepository
{
    public const string Path = "manifests/install.yaml";

    private readonly string root;

    private PinnedRepository(string root) => this.root = root;

    public string Address => $"file://{root}";

    public string Commit { get; private set; } = "";

    public static async Task<PinnedRepository> CreateAsync(Workbench workbench, string manifest, CancellationToken stop)
    {
        var made = new PinnedRepository(workbench.Scratch.CreateSubdirectory($"pinned-{Guid.NewGuid():N}").FullName);
        await made.GitAsync(stop, "init", "--quiet", "--initial-branch", "main");
        // As GitHub allows it.
        await made.GitAsync(stop, "config", "uploadpack.allowFilter", "true");
        await made.GitAsync(stop, "config", "uploadpack.allowAnySHA1InWant", "true");
        Directory.CreateDirectory(System.IO.Path.Combine(made.root, "manifests"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(made.root, Path), manifest, stop);
        await made.GitAsync(stop, "add", "--all");
        await made.GitAsync(stop, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "a release");
        made.Commit = await made.GitAsync(stop, "rev-parse", "HEAD");

        return made;
    }

    /// <param name="hasMessage">A tag with a message is an object of its own.</param>
    public Task TagAsync(string name, bool hasMessage, CancellationToken stop) => hasMessage
        ? GitAsync(stop, "-c", "user.name=test", "-c", "user.email=test@example.com", "tag", "--annotate", "--message", name, name)
        : GitAsync(stop, "tag", name);

    /// <summary>Puts another content where git looks for the manifest's hash.</summary>
    public async Task ReplaceBehindGitAsync(string manifest, CancellationToken stop)
    {
        var genuine = FileOf(await GitAsync(stop, "rev-parse", $"HEAD:{Path}"));
        var other = System.IO.Path.Combine(root, "other");
        await File.WriteAllTextAsync(other, manifest, stop);
        var replacing = FileOf(await GitAsync(stop, "hash-object", "-w", other));
        File.SetAttributes(genuine, FileAttributes.Normal);
        File.Copy(replacing, genuine, overwrite: true);
    }

    private string FileOf(string hash) => System.IO.Path.Combine(root, ".git", "objects", hash[..2], hash[2..]);

    private async Task<string> GitAsync(CancellationToken stop, params string[] arguments) =>
        (await CommandLine.Of("git", arguments).In(root).RunAsync(stop)).Output.Trim();
}
