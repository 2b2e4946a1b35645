using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Charts;

/// <summary>What the charts render is what the Kubernetes API knows: no missing, mistyped, empty or unknown field, no unknown kind.</summary>
[Trait("gate", "repository")]
public sealed class KubernetesSchemaTests(Workbench workbench)
{
    [Fact]
    public async Task Every_chart_renders_objects_that_the_API_would_take()
    {
        var charts = Directory.GetFiles(workbench.Checkout.PathTo("helm", "charts"), "Chart.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!)
            .ToArray();
        var gate = new Gate("charts", charts);
        var checkedObjects = 0;

        foreach (var chart in charts)
        {
            var objects = (await RenderAsync(chart)).ToArray();
            Assert.True(objects is not [], $"{chart} renders nothing.");
            var faults = await workbench.Schemas.CheckAsync(objects, TestContext.Current.CancellationToken);
            gate.Record(chart, faults is [] ? null : string.Join("; ", faults));
            checkedObjects += objects.Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"objects of charts: {checkedObjects} checked, 0 skipped");
        gate.Close();
    }

    [Fact]
    public async Task Every_seeded_fault_is_found_at_its_place()
    {
        var files = Directory.GetFiles(Path.Combine(workbench.Fixtures, "invalid", "kubernetes"), "*.yaml");
        var gate = new Gate("faulty objects", files.Select(file => Path.GetFileNameWithoutExtension(file)));

        await Parallel.ForEachAsync(files, TestContext.Current.CancellationToken, async (file, stop) =>
        {
            var fixture = Yaml.LoadFile(file);
            var faults = await workbench.Schemas.CheckAsync([fixture["object"]!.AsObject()], stop);
            var expected = (string)fixture["fault"]!;
            gate.Record(
                Path.GetFileNameWithoutExtension(file),
                faults.Any(fault => fault.ToString() == expected) ? null : $"expected “{expected}”, found “{string.Join("”, “", faults)}”");
        });

        gate.Close();
    }

    [Fact]
    public Task No_objects_are_an_error() =>
        Assert.ThrowsAsync<ArgumentException>(() => workbench.Schemas.CheckAsync([], TestContext.Current.CancellationToken));

    /// <summary>The workload chart with every value set, any other chart with the values of its name in tests/Fixtures/valid/charts.</summary>
    private async Task<IEnumerable<JsonObject>> RenderAsync(string chart)
    {
        if (chart == "workload")
        {
            var texts = await Task.WhenAll(ValueSet.Names.Select(workbench.RenderedAsync));

            return texts.SelectMany(Workbench.Objects);
        }

        var values = Path.Combine(workbench.Fixtures, "valid", "charts", $"{chart}.yaml");
        Assert.True(File.Exists(values), $"helm/charts/{chart} needs values to be checked with: add tests/Fixtures/valid/charts/{chart}.yaml.");
        var release = new HelmRelease(chart, workbench.Checkout.PathTo("helm", "charts", chart), "anywhere", values);

        return await workbench.Helm.TemplateAsync(release, TestContext.Current.CancellationToken);
    }
}
