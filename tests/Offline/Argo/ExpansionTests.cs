using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Kubernetes;

namespace Causeway.Offline.Argo;

/// <summary>
/// What ApplicationSets are expanded to: each of <c>tests/Fixtures/valid/argo/sets</c> as approved, each of <c>tests/Fixtures/invalid/argo</c> refused.
/// </summary>
public sealed class ExpansionTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Sets => Path.Combine(workbench.Fixtures, "valid", "argo", "sets");

    private string Faults => Path.Combine(workbench.Fixtures, "invalid", "argo");

    [Fact]
    public async Task Every_set_becomes_the_applications_that_are_approved()
    {
        var files = Directory.GetFiles(Sets).Select(file => Path.GetFileName(file)).ToArray();
        var gate = new Gate("expanded sets", files);

        await Parallel.ForEachAsync(files, Stop, async (file, stop) =>
        {
            var applications = await ExpandAsync(Yaml.LoadFile(Path.Combine(Sets, file)), stop);
            var problem = applications is []
                ? "it makes no application"
                : (await workbench.Schemas.CheckAsync([.. applications.Select(one => new ManifestObject(one.Json))], stop))
                    .Select(fault => $"{fault}")
                    .FirstOrDefault();
            gate.Record(file, problem ?? Approved.Compare(workbench, Path.Combine("argo", $"set.{file}"), Yaml.Write(applications.Select(one => one.Json))));
        });

        gate.Close();
    }

    [Fact]
    public async Task Every_fault_is_refused_with_its_place_and_what_to_do()
    {
        var files = Directory.GetFiles(Faults).Select(file => Path.GetFileName(file)).ToArray();
        var gate = new Gate("faulty sets", files);

        await Parallel.ForEachAsync(files, Stop, async (file, stop) =>
        {
            var fixture = Yaml.LoadFile(Path.Combine(Faults, file));
            var expected = (string)fixture["fault"]!;
            var refused = await Record.ExceptionAsync(() => ExpandAsync(Set(fixture["spec"]!.AsObject()), stop));
            gate.Record(file, refused is InvalidDataException && refused.Message == $"set.yaml: ApplicationSet web: {expected}"
                ? null
                : $"expected “{expected}”, it said “{refused?.Message ?? "nothing"}”");
        });

        gate.Close();
    }

    [Fact]
    public async Task A_name_that_two_sets_make_is_refused()
    {
        var list = Yaml.LoadFile(Path.Combine(Sets, "list.yaml"));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Expansion().OfAsync([("a.yaml", list), ("b.yaml", list)], Stop));

        Assert.Contains("2 applications are called first (ApplicationSet list)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_expanded_of_nothing() => Assert.Empty(await Expansion().OfAsync([], Stop));

    private async Task<IReadOnlyList<Application>> ExpandAsync(JsonObject set, CancellationToken stop) => await Expansion().OfAsync([("set.yaml", set)], stop);

    private Expansion Expansion() => new(
        workbench.Helm,
        [.. Yaml.Load(File.ReadAllText(Path.Combine(workbench.Fixtures, "valid", "argo", "clusters.yaml"))).Cast<JsonObject>()],
        new FixtureSources(workbench),
        workbench.Scratch.FullName);

    // What each fault is about, and besides what every set needs.
    private static JsonObject Set(JsonObject spec)
    {
        var whole = Yaml.Load(
            """
            goTemplate: true
            goTemplateOptions: [missingkey=error]
            generators: [{ list: { elements: [{ name: web }] } }]
            template:
              metadata: { name: "{{ .name }}" }
              spec: { project: web, source: { repoURL: https://github.com/example/platform, path: web }, destination: { name: north, namespace: web } }
            """).Single().AsObject();

        foreach (var (field, value) in spec)
        {
            whole[field] = value?.DeepClone();
        }

        return new JsonObject { ["kind"] = "ApplicationSet", ["metadata"] = new JsonObject { ["name"] = "web" }, ["spec"] = whole };
    }
}
