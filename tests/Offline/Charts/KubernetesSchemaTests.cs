using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;
using k8s;
using YamlDotNet.Core;

namespace Causeway.Offline.Charts;

/// <summary>What the charts render is what the Kubernetes API knows: no missing, mistyped, empty or unknown field, no unknown kind.</summary>
[Trait("gate", "repository")]
public sealed class KubernetesSchemaTests(Workbench workbench)
{
    // Of the fixture that has every field.
    private static readonly Dictionary<string, string> Documents = new()
    {
        ["workload"] = "services/catalog/workload.yaml",
        ["slo"] = "services/catalog/slo.yaml",
        ["env"] = "envs/sample/env.yaml",
        ["release"] = "envs/sample/releases/catalog.yaml",
    };

    [Fact]
    public async Task Every_chart_renders_objects_that_the_API_would_take()
    {
        var charts = await Harness.Helm.Charts.AllAsync(workbench.Checkout, TestContext.Current.CancellationToken);
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

    /// <summary>An unknown field, in turn in every map of every object: KubernetesClient's strict reader of YAML, which is slower, is the measure.</summary>
    [Fact]
    public async Task What_the_strict_reader_of_YAML_refuses_is_refused()
    {
        var objects = (await RenderAsync("helm/charts/workload")).DistinctBy(item => $"{item["apiVersion"]} {item["kind"]}").ToArray();
        var gate = new Gate("maps of objects", objects.SelectMany(item => Maps(item).Select(map => $"{item["kind"]} {map.GetPath()}")));

        foreach (var item in objects)
        {
            foreach (var map in Maps(item).ToArray())
            {
                map["unexpected"] = new JsonObject { ["field"] = 1 };
                string[] found = [.. Manifests.Faults(item).Select(fault => fault.Field)];
                var isRefused = Refuses(() => KubernetesYaml.LoadAllFromString(item.ToJsonString(), strict: true));
                map.Remove("unexpected");
                gate.Record($"{item["kind"]} {map.GetPath()}", (found, isRefused) switch
                {
                    ([var field], true) when field.EndsWith("/unexpected", StringComparison.Ordinal) => null,
                    _ => $"refused as YAML: {isRefused}, found as JSON: {string.Join(", ", found)}",
                });
            }

            Assert.Empty(Manifests.Faults(item));
        }

        gate.Close();
    }

    /// <summary>Validators are kept compiled: what they find does not depend on it, nor on what another version left there.</summary>
    [Fact]
    public async Task Kept_validators_find_the_same()
    {
        var folder = workbench.Scratch.CreateSubdirectory("validators").FullName;
        var kept = Path.Combine(folder, "validators.bin");
        var script = workbench.Checkout.PathTo("src", "Harness", "Kubernetes", "validate.mjs");
        var modules = workbench.Tools.NodeModules;

        async Task<string> FindAsync(string kind) =>
            (await CommandLine.Of("node", script, modules, folder)
                .WithInput($$"""[{ "apiVersion": "apps/v1", "kind": "{{kind}}", "spec": { "selector": 1 } }]""")
                .RunAsync(TestContext.Current.CancellationToken)).Output;

        var first = await FindAsync("Deployment");
        var text = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        Assert.Contains("lacks template", first, StringComparison.Ordinal);
        Assert.Equal(first, await FindAsync("Deployment"));
        Assert.Equal(text, await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));

        // Another kind is added to those that are kept.
        Assert.Contains("lacks template", await FindAsync("DaemonSet"), StringComparison.Ordinal);
        Assert.True(new FileInfo(kept).Length > text.Length);
        Assert.Equal(first, await FindAsync("Deployment"));

        await File.WriteAllTextAsync(kept, "// another version 2\n({})", TestContext.Current.CancellationToken);
        Assert.Equal(first, await FindAsync("Deployment"));
        Assert.DoesNotContain("another version", File.ReadLines(kept).First(), StringComparison.Ordinal);
    }

    [Fact]
    public Task No_objects_are_an_error() =>
        Assert.ThrowsAsync<ArgumentException>(() => workbench.Schemas.CheckAsync([], TestContext.Current.CancellationToken));

    /// <summary>
    /// The workload chart with every value set; a chart that takes a release's documents with those of the fixture <c>catalog</c>; any other chart with the
    /// values of its name in tests/Fixtures/valid/charts.
    /// </summary>
    /// <param name="chart">Its folder, relative to the root.</param>
    private async Task<IEnumerable<JsonObject>> RenderAsync(string chart)
    {
        if (workbench.Checkout.PathTo(chart) == workbench.WorkloadChart)
        {
            var texts = await Task.WhenAll(ValueSet.Names.Select(workbench.RenderedAsync));

            return texts.SelectMany(Workbench.Objects);
        }

        var name = Path.GetFileName(chart);
        var taken = JsonNode.Parse(await File.ReadAllTextAsync(workbench.Checkout.PathTo(chart, "values.schema.json")))!["properties"]!.AsObject();
        var own = Path.Combine("charts", $"{name}.yaml");
        string[] files = [.. Documents.Where(document => taken.ContainsKey(document.Key)).Select(document => document.Value).DefaultIfEmpty(own)];
        string[] values = [.. files.Select(file => Path.Combine(workbench.Fixtures, "valid", file))];
        Assert.True(values.All(File.Exists), $"{chart} needs values to be checked with: add tests/Fixtures/valid/{string.Join(", ", files)}.");
        var release = new HelmRelease(name, workbench.Checkout.PathTo(chart), "anywhere", values);

        return await workbench.Helm.TemplateAsync(release, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<JsonObject> Maps(JsonNode? node) => node switch
    {
        // What is text for text takes any name.
        JsonObject map => map.Where(pair => pair.Key is not ("labels" or "annotations" or "matchLabels" or "data" or "stringData" or "limits" or "requests"))
            .SelectMany(pair => Maps(pair.Value))
            .Prepend(map),
        JsonArray list => list.SelectMany(Maps),
        _ => [],
    };

    private static bool Refuses(Action read)
    {
        try
        {
            read();

            return false;
        }
        catch (YamlException)
        {
            return true;
        }
    }
}
