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
        await new Harness.Terraform.Janitor(Checkout, Console.WriteLine).SweepAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        Scratch.Delete(recursive: true);

        return ValueTask.CompletedTask;
    }

    /// <summary>Renders <paramref name="chart"/> (default: the workload chart) with <paramref name="values"/> as its only document.</summary>
    /// <exception cref="HelmException">Helm refused the values.</exception>
    public async Task<string> RenderAsync(JsonObject values, string name, string? inNamespace = null, string? chart = null)
    {
        var file = Path.Combine(Scratch.FullName, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, values.ToJsonString(), TestContext.Current.CancellationToken);

        return await Helm.TemplateTextAsync(new HelmRelease(name, chart ?? WorkloadChart, inNamespace ?? name, file), TestContext.Current.CancellationToken);
    }

    /// <summary>The objects of a rendered text.</summary>
    public static IReadOnlyList<JsonObject> Objects(string rendered) => [.. Yaml.Load(rendered).Cast<JsonObject>()];
}
