using System.Text.RegularExpressions;
using Causeway.Harness.Argo;

namespace Causeway.Offline.Argo;

/// <summary>
/// What Terraform tells Argo CD of an environment is read there, and what is read is told. What Argo CD makes of it: <see cref="ClusterRendererTests"/>.
/// </summary>
public sealed class ClusterFactsTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public void Every_fact_of_every_cluster_is_read() => Assert.Equal([], ClusterFacts.Unread(workbench.Checkout));

    [Fact, Trait("gate", "repository")]
    public void Every_fact_that_is_read_is_in_every_cluster() => Assert.Equal([], ClusterFacts.Unwritten(workbench.Checkout));

    /// <summary>Each fact misspelt in each file that writes it, and in each that reads it: both ends are named.</summary>
    [Fact, Trait("gate", "repository")]
    public void Every_fact_that_is_misspelt_at_one_end_is_named_with_the_other()
    {
        var files = ClusterFacts.Files(workbench.Checkout);
        var (written, read) = (ClusterFacts.Written(files), ClusterFacts.Read(files));
        var gate = new Gate("misspelt facts", written.Concat(read).Select(fact => $"{fact.File}: {fact.Name}"));

        foreach (var (file, name) in written)
        {
            var problems = ClusterFacts.Unwritten(Misspelt(files, file, name));
            var readers = read.Where(fact => fact.Name == name).Select(fact => fact.File);
            gate.Record($"{file}: {name}", Problem(problems, readers.Select(reader => $"{reader} reads the fact {name}, which {file} does")));
        }

        foreach (var (file, name) in read)
        {
            var problems = ClusterFacts.Unwritten(Misspelt(files, file, name));
            var clusters = written.Select(fact => fact.File).Distinct();
            gate.Record($"{file}: {name}", Problem(problems, clusters.Select(cluster => $"{file} reads the fact {name}x, which {cluster} does")));
        }

        gate.Close();

        static string? Problem(IReadOnlyList<string> problems, IEnumerable<string> expected) =>
            expected.ToArray() is { Length: > 0 } texts && texts.All(text => problems.Any(problem => problem.StartsWith(text, StringComparison.Ordinal)))
                ? null
                : $"found is: {string.Join("; ", problems)}";

        static Dictionary<string, string> Misspelt(IReadOnlyDictionary<string, string> files, string file, string name) => new(files)
        {
            [file] = Regex.Replace(files[file], $@"(?<![\w./-]){Regex.Escape(name)}(?=[:""> )}}])", $"{name}x"),
        };
    }

    [Theory]
    [InlineData("argocd/clusters/staging.yaml", "    runtime: ", "    runtme: ", "runtme")]
    [InlineData("argocd/clusters/staging.yaml", "causeway/vpc: ", "causeway/vpn: ", "causeway/vpn")]
    [InlineData("argocd/platform/external-dns/addon.yaml", "<causeway/zone>", "<causeway/zones>", "causeway/zone")]
    public async Task A_fact_that_is_misspelt_at_one_end_is_named_with_its_file(string file, string from, string to, string fact)
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Replace(file, from, to);

        Assert.Contains(
            ClusterFacts.Unread(tree.Repository),
            line => line.StartsWith($"argocd/clusters/staging.yaml has the fact {fact}, which no file of ", StringComparison.Ordinal));
    }
}
