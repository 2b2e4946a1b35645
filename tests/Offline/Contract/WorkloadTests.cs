using Causeway.Harness;

namespace Causeway.Offline.Contract;

/// <summary>A workload comes with tests of its own, and says what it promises.</summary>
public sealed class WorkloadTests(Workbench workbench)
{
    private const string Name = "bakery";

    [Fact, Trait("gate", "repository")]
    public void Every_workload_has_tests_of_its_own()
    {
        var gate = new Gate("workloads with tests of their own", workbench.Checkout.Workloads());

        foreach (var workload in workbench.Checkout.Workloads())
        {
            gate.Record(workload, Lacks(workbench.Checkout, workload) is { Count: > 0 } lacks ? string.Join("; ", lacks) : null);
        }

        gate.Close();
    }

    [Theory]
    [InlineData("services/bakery/tests/Bakery.Tests.csproj", "no test project: add one to services/bakery/tests")]
    [InlineData("services/bakery/slo.yaml", "no objectives: say in services/bakery/slo.yaml what it promises, of which alerts follow")]
    [InlineData("services/bakery/transaction.yaml", "no transaction: add services/bakery/transaction.yaml, which `./causeway up` runs")]
    [InlineData("tests/Integration/Bakery/Baking.cs", "no integration tests: add them in tests/Integration/Bakery")]
    public void What_a_workload_lacks_is_told(string file, string problem)
    {
        var tree = Tree();
        Assert.Equal([], Lacks(tree, Name));

        File.Delete(tree.PathTo(file));

        Assert.Equal([problem], Lacks(tree, Name));
    }

    [Fact]
    public void A_file_without_a_test_is_not_a_test()
    {
        var tree = Tree();
        File.WriteAllText(tree.PathTo("tests/Integration/Bakery/Baking.cs"), "// later");

        Assert.Single(Lacks(tree, Name));
    }

    [Fact]
    public void A_workload_that_does_not_run_locally_needs_unit_tests_only()
    {
        var tree = Tree();
        File.Delete(tree.PathTo("terraform/envs/here/releases", $"{Name}.yaml"));
        File.Delete(tree.PathTo("services", Name, "transaction.yaml"));
        File.Delete(tree.PathTo("tests/Integration/Bakery/Baking.cs"));

        Assert.Equal([], Lacks(tree, Name));
    }

    private static IReadOnlyList<string> Lacks(Harness.Repository repository, string workload)
    {
        var suite = string.Concat(workload.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var runsHere = Directory.GetDirectories(repository.PathTo("terraform", "envs"))
            .Where(folder => (string?)Yaml.LoadFile(Path.Combine(folder, "env.yaml"))["env"]?["kind"] is "local")
            .Any(folder => File.Exists(Path.Combine(folder, "releases", $"{workload}.yaml")));

        return
        [
            .. Files(repository.PathTo("services", workload, "tests"), "*.csproj").Any(IsTestProject)
                ? Array.Empty<string>()
                : [$"no test project: add one to services/{workload}/tests"],
            .. File.Exists(repository.PathTo("services", workload, "slo.yaml"))
                ? Array.Empty<string>()
                : [$"no objectives: say in services/{workload}/slo.yaml what it promises, of which alerts follow"],
            .. !runsHere || File.Exists(repository.PathTo("services", workload, "transaction.yaml"))
                ? Array.Empty<string>()
                : [$"no transaction: add services/{workload}/transaction.yaml, which `./causeway up` runs"],
            .. !runsHere || Files(repository.PathTo("tests", "Integration", suite), "*.cs").Any(HasTests)
                ? Array.Empty<string>()
                : [$"no integration tests: add them in tests/Integration/{suite}"],
        ];
    }

    private static bool IsTestProject(string project) => File.ReadAllText(project).Contains("<IsTestProject>true", StringComparison.Ordinal);

    private static bool HasTests(string source) => File.ReadLines(source).Any(line => line.TrimStart().StartsWith("[Fact", StringComparison.Ordinal)
        || line.TrimStart().StartsWith("[Theory", StringComparison.Ordinal));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories) : [];

    /// <summary>A repository with one workload that has everything, released in an environment of kind local.</summary>
    private Harness.Repository Tree()
    {
        var tree = new Harness.Repository(workbench.Scratch.CreateSubdirectory($"workloads-{Guid.NewGuid():N}").FullName);

        foreach (var (file, text) in new[]
        {
            ("terraform/envs/here/env.yaml", "env: { kind: local }"),
            ($"terraform/envs/here/releases/{Name}.yaml", "release: { runtime: local }"),
            ($"services/{Name}/workload.yaml", "workload: {}"),
            ($"services/{Name}/slo.yaml", "slo: {}"),
            ($"services/{Name}/transaction.yaml", "steps: []"),
            ($"services/{Name}/tests/Bakery.Tests.csproj", "<Project><PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup></Project>"),
            ("tests/Integration/Bakery/Baking.cs", "[Fact]"),
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(tree.PathTo(file))!);
            File.WriteAllText(tree.PathTo(file), text);
        }

        return tree;
    }
}
