using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Tools;

[assembly: AssemblyFixture(typeof(Causeway.Offline.Workbench))]

namespace Causeway.Offline;

/// <summary>The checkout with the tools these tests need, which are fetched where they are missing.</summary>
public sealed class Workbench : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> rendered = [];

    public Workbench()
    {
        Tools = new ToolBox(Checkout, ToolManifest.Load(Checkout));
        Helm = new HelmTool(Tools);
        Schemas = new KubernetesSchemas(Checkout, Tools);
    }

    public Harness.Repository Checkout { get; } = Harness.Repository.Find();

    public ToolBox Tools { get; }

    public HelmTool Helm { get; }

    public KubernetesSchemas Schemas { get; }

    /// <summary>The workload chart's folder.</summary>
    public string WorkloadChart => Checkout.PathTo("helm", "charts", "workload");

    public string Fixtures => Checkout.PathTo("tests", "Fixtures");

    /// <summary>A folder for this run, gone after it.</summary>
    public DirectoryInfo Scratch { get; } = Directory.CreateTempSubdirectory("causeway-offline-");

    /// <summary>Fetches the tools, and destroys what tests that were killed had applied.</summary>
    public async ValueTask InitializeAsync()
    {
        await Tools.FetchNpmAsync(CancellationToken.None);
        // Swept where a command leaves them; from here on they lie with what else this run makes.
        await new Harness.Terraform.Copies.Janitor(Checkout, Console.WriteLine).SweepAsync(CancellationToken.None);
        Environment.SetEnvironmentVariable("CAUSEWAY_COPIES", Path.Combine(Scratch.FullName, "copies"));
    }

    public ValueTask DisposeAsync()
    {
        Scratch.Delete(recursive: true);

        return ValueTask.CompletedTask;
    }

    /// <summary>What the workload chart renders of a value set as it lies in the files. Helm runs once for each, however many tests ask.</summary>
    /// <param name="set">One of <see cref="ValueSet.Names"/>.</param>
    /// <exception cref="HelmException">Helm refused the values.</exception>
    public Task<string> RenderedAsync(string set) =>
        rendered.GetOrAdd(set, name => new Lazy<Task<string>>(() => RenderAsync(ValueSet.Load(Checkout, name)))).Value;

    /// <summary>Renders <paramref name="chart"/> (default: the workload chart) with <paramref name="values"/> as its only document.</summary>
    /// <exception cref="HelmException">Helm refused the values.</exception>
    public async Task<string> RenderAsync(JsonObject values, string name, string? inNamespace = null, string? chart = null)
    {
        var file = Path.Combine(Scratch.FullName, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, values.ToJsonString(), CancellationToken.None);

        // Not cancelled with the test that asks first: others may wait for the same rendering.
        return await Helm.TemplateTextAsync(new HelmRelease(name, chart ?? WorkloadChart, inNamespace ?? name, file), CancellationToken.None);
    }

    private Task<string> RenderAsync(ValueSet set) => RenderAsync(set.Values, set.Workload);

    /// <summary>The objects of a rendered text.</summary>
    public static IReadOnlyList<JsonObject> Objects(string rendered) => [.. Yaml.Load(rendered).Cast<JsonObject>()];
}
