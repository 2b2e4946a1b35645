using Causeway.Harness;
using Causeway.Harness.Scaffolding;

namespace Causeway.Offline.Repository;

/// <summary>Machinery names no workload: what is written for one serves no other. Generated files are looked at as well.</summary>
[Trait("gate", "repository")]
public sealed class WorkloadNameTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Those that share code begin with an underscore.
    private string[] Workloads =>
        [
            .. Directory.GetDirectories(workbench.Checkout.PathTo("services"))
                .Select(folder => Path.GetFileName(folder))
                .Where(name => !name.StartsWith('_'))
                .Order(StringComparer.Ordinal)
        ];

    [Fact]
    public async Task Machinery_names_no_workload()
    {
        var gate = new Gate("workloads that machinery does not name", Workloads);

        foreach (var workload in Workloads)
        {
            var lines = await NewName.InMachineryAsync(workbench.Checkout, workload, Stop);
            gate.Record(
                workload,
                lines is [] ? null : $"named by machinery; say it without the name, or give the workload another:\n    {string.Join("\n    ", lines)}");
        }

        gate.Close();
    }

    [Theory]
    [InlineData("src/Harness/Local/Shop.cs", "// Only for orders.", true)]
    [InlineData("helm/charts/workload/values.schema.json", """{ "description": "Example: prod-Orders-table." }""", true)]
    [InlineData("src/Harness/Reordering.cs", "var reorders = 1; // and my_orders", false)]
    [InlineData("helm/charts/edge-local/values.yaml", "# for orders", false)]
    public async Task A_name_in_machinery_is_found_as_a_word_in_any_case(string file, string text, bool found)
    {
        var folder = workbench.Scratch.CreateSubdirectory($"names-{Guid.NewGuid():N}").FullName;

        foreach (var path in NewName.Machinery)
        {
            Directory.CreateDirectory(Path.Combine(folder, path));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        await File.WriteAllTextAsync(Path.Combine(folder, file), text, Stop);
        await CommandLine.Of("git", "init", "--quiet").In(folder).RunAsync(Stop);

        var lines = await NewName.InMachineryAsync(new Harness.Repository(folder), "orders", Stop);

        Assert.Equal(found ? [$"{file}:1:{text}"] : [], lines);
    }
}
