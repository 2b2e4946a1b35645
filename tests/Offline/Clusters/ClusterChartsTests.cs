using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Clusters;
using Causeway.Harness.Local;

namespace Causeway.Offline.Clusters;

/// <summary>What is installed in a cluster is what runs on this machine, but for the machine's ports and where the edge finds Services.</summary>
public sealed class ClusterChartsTests(Workbench workbench)
{
    private static readonly string Digest = $"sha256:{new string('1', 64)}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Renderer Renderer(bool inCluster, string registry = "localhost/causeway") =>
        new(workbench.Checkout, workbench.Helm, Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}")).FullName)
        {
            InCluster = inCluster,
            Registry = registry,
        };

    private static Dictionary<string, string> Images(Renderer renderer) =>
        renderer.StandIns().SelectMany(chart => chart.Images).Concat(renderer.Projects().Select(project => project.Image)).Distinct()
            .ToDictionary(name => name, _ => Digest);

    private static JsonObject WithoutPorts(JsonObject item)
    {
        foreach (var port in item["spec"]?["template"]?["spec"]?["containers"]?.AsArray().SelectMany(one => one!["ports"]?.AsArray() ?? []) ?? [])
        {
            port!.AsObject().Remove("hostPort");
            port.AsObject().Remove("hostIP");
        }

        return item;
    }

    [Fact]
    public async Task Stand_ins_and_workloads_are_the_same_but_for_ports_of_the_machine()
    {
        var (here, there) = (Renderer(false), Renderer(true));

        var local = await here.RenderAsync(Images(here), Stop);
        var cluster = await there.RenderAsync(Images(there), Stop);

        Assert.NotEmpty(local.All.All);
        Assert.Equal(local.All.All.Select(item => WithoutPorts(item).ToJsonString()), cluster.All.All.Select(item => item.ToJsonString()));
    }

    [Fact]
    public async Task No_pod_in_a_cluster_takes_a_port_of_its_node()
    {
        var renderer = Renderer(true);
        var rendered = await renderer.RenderAsync(Images(renderer), Stop);
        var edge = renderer.EdgeRelease(Images(renderer), Edge.Values(rendered.All, (_, _) => "10.0.0.1"))!;
        JsonObject[] all = [.. rendered.All.All, .. await workbench.Helm.TemplateAsync(edge, Stop)];

        Assert.NotEmpty(ClusterPlatform.Wanted(all));
        Assert.Empty(HostPorts.DeclaredIn(new RenderedObjects(all)));
    }

    [Fact]
    public async Task Every_image_is_named_by_its_registry_and_digest()
    {
        var renderer = Renderer(true, "registry.example.com/shop");
        var rendered = await renderer.RenderAsync(Images(renderer), Stop);
        string[] images = [.. rendered.All.All.Where(item => item["spec"]?["template"]?["spec"]?["containers"] is not null)
            .SelectMany(item => RenderedObjects.ContainersOf(item["spec"]!["template"]!)).Select(container => (string)container["image"]!)];

        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches($"^registry[.]example[.]com/shop/[a-z-]+@{Digest}$", image));
    }

    [Fact]
    public async Task The_edge_is_told_the_addresses_of_Services_and_asks_no_pod()
    {
        var renderer = Renderer(true);
        var rendered = await renderer.RenderAsync(Images(renderer), Stop);
        var asked = new List<string>();
        string Address(string space, string service)
        {
            asked.Add($"{space}/{service}");

            return $"10.96.0.{asked.Count}";
        }

        var edge = renderer.EdgeRelease(Images(renderer), Edge.Values(rendered.All, Address))!;
        var objects = await workbench.Helm.TemplateAsync(edge, Stop);
        var configuration = (string)objects.Single(item => RenderedObjects.KindOf(item) is "ConfigMap")["data"]!["haproxy.cfg"]!;

        Assert.NotEmpty(asked);
        Assert.Equal(Edge.Services(rendered.All).Select(one => $"{one.Namespace}/{one.Service}").Order(), asked.Order());
        Assert.All(Enumerable.Range(1, asked.Count), number => Assert.Matches($@"\n  server \S+ 10\.96\.0\.{number}:\d+\n", configuration + "\n"));
        Assert.DoesNotContain("resolvers", configuration, StringComparison.Ordinal);
        Assert.DoesNotContain("httpchk", configuration, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_address_of_a_Service_rolls_the_edge()
    {
        var renderer = Renderer(true);
        var rendered = await renderer.RenderAsync(Images(renderer), Stop);
        async Task<string> TemplateAsync(string address)
        {
            var objects = await workbench.Helm.TemplateAsync(renderer.EdgeRelease(Images(renderer), Edge.Values(rendered.All, (_, _) => address))!, Stop);

            return objects.Single(item => RenderedObjects.KindOf(item) is "Deployment")["spec"]!["template"]!.ToJsonString();
        }

        Assert.Equal(await TemplateAsync("10.0.0.1"), await TemplateAsync("10.0.0.1"));
        Assert.NotEqual(await TemplateAsync("10.0.0.1"), await TemplateAsync("10.0.0.2"));
    }

    [Fact]
    public async Task Everything_that_rolls_out_is_waited_for_in_its_namespace()
    {
        var renderer = Renderer(true);
        var rendered = await renderer.RenderAsync(Images(renderer), Stop);
        var wanted = ClusterPlatform.Wanted(rendered.All.All);

        Assert.Equal(
            rendered.All.All.Where(item => item["spec"]?["template"]?["spec"]?["containers"] is not null).Select(RenderedObjects.NameOf).Order(),
            wanted.Select(one => one.Name).Order());
        var standIns = renderer.StandIns().Where(chart => chart.Name != Harness.Local.Renderer.EdgeChart);
        Assert.Equal(
            renderer.Workloads.Concat(standIns.Select(chart => chart.Namespace)).Distinct().Order(),
            wanted.Select(one => one.Namespace).Distinct().Order());
    }

    [Fact]
    public async Task A_chart_that_wants_a_newer_Kubernetes_than_it_is_rendered_for_is_refused_by_Helm()
    {
        var renderer = Renderer(true);
        var release = renderer.WorkloadReleases(Images(renderer))[0];
        var refusal = await Assert.ThrowsAsync<HelmException>(
            () => workbench.Helm.TemplateAsync(release with { Arguments = ["--kube-version", "1.29.0"] }, Stop));

        Assert.Contains("kubeVersion", refusal.Message, StringComparison.Ordinal);
    }
}
