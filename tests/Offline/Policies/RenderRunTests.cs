using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Policies;
using Causeway.Offline.NewKinds;

namespace Causeway.Offline.Policies;

/// <summary><c>causeway render</c>: every release that Helm renders keeps the policies, or is excused.</summary>
public sealed class RenderRunTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = "the gate “policies of manifests” does the same", SkipType = typeof(OtherGates), SkipWhen = nameof(OtherGates.Run))]
    [Trait("gate", "repository")]
    public async Task Every_release_of_every_environment_keeps_the_policies()
    {
        var printed = new List<string>();
        var gate = new Gate("renderings held against policies", Rendered(workbench.Checkout));

        (await new RenderRun(workbench.Checkout, workbench.Helm, printed.Add).OfEnvironmentsAsync(null, Stop)).ToList().ForEach(gate.Pass);

        printed.ForEach(line => TestContext.Current.TestOutputHelper?.WriteLine(line));
        gate.Close();
    }

    [Fact, Trait("gate", "repository")]
    public async Task Every_rendering_of_a_fixture_keeps_the_policies()
    {
        var waivers = Waivers.Load(workbench.Checkout, TimeProvider.System);
        string[] fixtures = [.. ValueSet.Names.Where(IsFixture)];
        var gate = new Gate("renderings of fixtures held against policies", fixtures);

        foreach (var name in fixtures)
        {
            var set = ValueSet.Load(workbench.Checkout, name);
            var rendering = Rendering.Of(
                name, Workbench.Objects(await workbench.RenderedAsync(name)), set.Values["env"]!.AsObject(), set.Workload);
            var findings = PolicyCheck.Of(rendering, waivers);
            string[] problems = [.. findings.Where(finding => finding.IsViolation).Select(finding => $"{finding}"), .. waivers.Problems(name, findings)];
            gate.Record(name, findings is [] ? "nothing in it was judged" : problems is [] ? null : string.Join('\n', problems));
        }

        gate.Close();
    }

    [Fact]
    public async Task A_violation_that_is_not_excused_fails_and_names_rendering_rule_and_object()
    {
        var copy = await KindTree.CopyAsync(workbench, Stop);
        File.Delete(copy.PathTo(Waivers.File));
        var printed = new List<string>();

        var refused = await Assert.ThrowsAsync<PlatformException>(
            () => new RenderRun(copy, workbench.Helm, printed.Add).OfEnvironmentsAsync(Harness.Local.Renderer.Environment, Stop));

        Assert.Contains("local/stand-ins: K8-8 fails: Deployment monitoring/prometheus: no NetworkPolicy", refused.Log, StringComparison.Ordinal);
        Assert.Contains("local/stand-ins: K8-11 is unknown: Deployment edge/edge-local: ", refused.Log, StringComparison.Ordinal);
        Assert.Contains(printed, line => line.Contains(" violated, 0 waived", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_earlier_run_wrote_and_is_gone_is_not_left()
    {
        var tree = await Argo.ClusterTree.CreateAsync(workbench, Stop);
        tree.Write(".causeway/render/staging/gone.yaml", "kind: ConfigMap");

        await new RenderRun(tree.Repository, workbench.Helm, _ => { }).OfEnvironmentsAsync(Argo.ClusterTree.Environment, Stop);

        var written = Directory.GetFiles(tree.Repository.PathTo(".causeway", "render", "staging")).Select(file => Path.GetFileName(file)).ToArray();
        Assert.Contains("applications.yaml", written);
        Assert.DoesNotContain("gone.yaml", written);
    }

    [Fact]
    public void Manifests_of_a_folder_are_judged_as_they_lie_there()
    {
        const string Pod = "{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { containers: [{ name: a }] } }";
        var folder = Terraform.Scratch.Folder(workbench, [("pod.yaml", Pod)]);

        var refused = Assert.Throws<PlatformException>(() => new RenderRun(workbench.Checkout, workbench.Helm, _ => { }).OfFolder(folder));

        Assert.Contains($"{folder}: K8-2 fails: Pod a in pod.yaml: container a may write to its root", refused.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_manifests_is_not_a_pass()
    {
        var folder = Terraform.Scratch.Folder(workbench, [("notes.md", "nothing to apply")]);

        var refused = Assert.Throws<PlatformException>(() => new RenderRun(workbench.Checkout, workbench.Helm, _ => { }).OfFolder(folder));

        Assert.Contains("there is no object in it", refused.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_of_which_Helm_renders_nothing_is_not_a_pass()
    {
        var onEcs = Directory.GetDirectories(workbench.Checkout.PathTo("terraform", "envs")).Select(folder => Path.GetFileName(folder))
            .First(name => !Rendered(workbench.Checkout).Any(rendered => rendered.StartsWith($"{name}/", StringComparison.Ordinal)));

        var refused = await Assert.ThrowsAsync<PlatformException>(
            () => new RenderRun(workbench.Checkout, workbench.Helm, _ => { }).OfEnvironmentsAsync(onEcs, Stop));

        Assert.Contains($"Helm renders nothing of {onEcs}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("runs on ECS", refused.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_refused_with_what_is()
    {
        var run = new RenderRun(workbench.Checkout, workbench.Helm, _ => { });

        var environment = await Assert.ThrowsAsync<UsageException>(() => run.OfEnvironmentsAsync("nowhere", Stop));
        Assert.Contains("There is no environment nowhere.", environment.Message, StringComparison.Ordinal);
        Assert.Contains("prod", environment.Remedy, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => run.OfFolder(Path.Combine(workbench.Scratch.FullName, "nowhere")));
    }

    // What is rendered of this repository, by its files: those of ValueSet that are not fixtures, the stand-ins of each environment of kind local, and Argo
    // CD's own objects, the monitoring and the workloads' own dashboards in each cluster of Kubernetes.
    internal static IEnumerable<string> Rendered(Harness.Repository checkout) =>
    [
        .. ValueSet.Discover(checkout).Where(name => !IsFixture(name)),
        .. Argo.ClusterFileTests.OnKubernetes(checkout)
            .SelectMany(environment => (string[])
            [
                $"{environment}/{ReleaseRenderer.Applications}",
                $"{environment}/{MonitoringChart.Namespace}",
                .. checkout.Workloads().SelectMany(workload => Dashboard.Own(checkout, workload)
                    .Select(file => $"{environment}/dashboard-{workload}-{Path.GetFileNameWithoutExtension(file)}")),
            ]),
        .. Directory.GetFiles(checkout.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories)
            .Where(file => (string?)Yaml.LoadFile(file)["env"]!["kind"] is "local")
            .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{ReleaseRenderer.StandIns}"),
    ];

    private static bool IsFixture(string name) =>
        !Directory.Exists(Harness.Repository.Find().PathTo("terraform", "envs", name.Split('/')[0]));
}
