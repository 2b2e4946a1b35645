using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;

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
            ManifestObject[] objects = [.. (await RenderAsync(chart)).Select(item => new ManifestObject(item))];
            Assert.True(objects is not [], $"{chart} renders nothing.");
            var faults = await workbench.Schemas.CheckAsync(objects, TestContext.Current.CancellationToken);
            gate.Record(chart, faults is [] ? null : string.Join("; ", faults));
            checkedObjects += objects.Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"objects of charts: {checkedObjects} checked, 0 skipped");
        gate.Close();
    }

    /// <summary>Each fixture is read as what Helm prints is read; a key that is there twice is refused then, and everything else by the schemas.</summary>
    [Fact]
    public async Task Every_seeded_fault_is_found_at_its_place()
    {
        var files = Directory.GetFiles(Path.Combine(workbench.Fixtures, "invalid", "kubernetes"), "*.yaml");
        var gate = new Gate("faulty objects", files.Select(file => Path.GetFileNameWithoutExtension(file)));
        var objects = new List<ManifestObject>();
        var expected = new Dictionary<ManifestObject, (string Name, string Fault)>();

        foreach (var file in files)
        {
            var fixture = Yaml.LoadFile(file);
            var (name, fault) = (Path.GetFileNameWithoutExtension(file), (string)fixture["fault"]!);

            try
            {
                var item = new ManifestObject(fixture["object"]?.AsObject() ?? Yaml.Load((string)fixture["text"]!, name).Single().AsObject());
                objects.Add(item);
                expected[item] = (name, fault);
            }
            catch (InvalidDataException refused)
            {
                gate.Record(name, refused.Message == fault ? null : $"expected “{fault}”, found “{refused.Message}”");
            }
        }

        var faults = (await workbench.Schemas.CheckAsync(objects, TestContext.Current.CancellationToken)).ToLookup(fault => fault.Item);

        foreach (var (item, (name, fault)) in expected)
        {
            string[] found = [.. faults[item].Select(other => $"{other}")];
            gate.Record(name, found.SequenceEqual(fault.Split('\n')) ? null : $"expected “{fault}”, found “{string.Join("”, “", found)}”");
        }

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
