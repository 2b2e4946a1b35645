using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Argo;

/// <summary>
/// All that Argo CD and Helm read of this repository, in a git repository that a test may change. Of the environments on Kubernetes it has one.
/// </summary>
internal sealed class ClusterTree
{
    public const string Environment = "staging";

    private ClusterTree(string root) => Repository = new(root);

    public Harness.Repository Repository { get; }

    public static async Task<ClusterTree> CreateAsync(Workbench workbench, CancellationToken stop)
    {
        var tree = new ClusterTree(workbench.Scratch.CreateSubdirectory($"cluster-{Guid.NewGuid():N}").FullName);

        foreach (var folder in new[] { "argocd", "helm", "monitoring", "schemas", Path.Combine("terraform", "envs") })
        {
            StackTree.Copy(workbench.Checkout.PathTo(folder), tree.Repository.PathTo(folder));
        }

        foreach (var other in ClusterFileTests.OnKubernetes(tree.Repository).Where(name => name is not Environment).ToArray())
        {
            Directory.Delete(tree.Repository.PathTo("terraform", "envs", other), recursive: true);
        }

        foreach (var document in new[] { "workload.yaml", "slo.yaml" })
        {
            StackTree.Copy(workbench.Checkout.PathTo("services"), tree.Repository.PathTo("services"), document);
        }

        await tree.GitAsync(stop, "init", "--quiet", "--initial-branch", "main");
        await tree.CommitAsync(stop);

        return tree;
    }

    /// <summary>Commits everything.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> CommitAsync(CancellationToken stop)
    {
        await GitAsync(stop, "add", "--all");
        await GitAsync(stop, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--message", "as it is");

        return (await GitAsync(stop, "rev-parse", "HEAD")).Trim();
    }

    public void Write(string path, string text)
    {
        var file = Repository.PathTo(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <exception cref="KeyNotFoundException">The file has no such text: the test is out of date.</exception>
    public void Replace(string path, string from, string to)
    {
        var text = File.ReadAllText(Repository.PathTo(path));
        Write(path, text.Contains(from, StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new KeyNotFoundException($"{path} has no `{from}`."));
    }

    private async Task<string> GitAsync(CancellationToken stop, params string[] arguments) =>
        (await Harness.CommandLine.Of("git", arguments).In(Repository.Root).RunAsync(stop)).Output;
}
