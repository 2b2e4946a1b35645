using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Argo;

/// <summary>From the root application to the last manifest, in the clusters of this repository and in trees with one thing wrong.</summary>
public sealed class ClusterRendererTests(Workbench workbench)
{
    private const string Environment = ClusterTree.Environment;
    private const string Release = $"terraform/envs/{Environment}/releases/clock.yaml";

    private static readonly string Commit = new('a', 40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public async Task Every_cluster_gets_the_applications_that_are_approved()
    {
        string[] environments = [.. ClusterFileTests.OnKubernetes(workbench.Checkout)];
        var gate = new Gate("expanded clusters", environments);

        foreach (var environment in environments)
        {
            var cluster = await RenderAsync(workbench.Checkout, environment);
            var faults = await workbench.Schemas.CheckAsync([.. cluster.Objects.Select(item => new ManifestObject(item))], Stop);
            gate.Record(
                environment,
                faults is [] ? Approved.Compare(workbench, Path.Combine("argo", $"cluster.{environment}.yaml"), Text(cluster)) : string.Join("; ", faults));
        }

        gate.Close();

        static string Text(ClusterRendering cluster) => string.Concat(cluster.Applications.Select(one =>
            $"# {one.Application.From}{(one.Skipped is "" ? "" : $"; {one.Skipped}")}\n{Yaml.Write([one.Application.Json])}"));
    }

    [Fact, Trait("gate", "repository")]
    public async Task The_application_of_a_release_renders_what_the_charts_render_of_its_documents()
    {
        string[] environments = [.. ClusterFileTests.OnKubernetes(workbench.Checkout)];
        string[] releases = [.. ValueSet.Discover(workbench.Checkout).Where(name => environments.Contains(name.Split('/')[0]))];
        var gate = new Gate("releases on Kubernetes", releases);

        foreach (var environment in environments)
        {
            // Without a clone, so that what is pinned is rendered from the tree as well.
            var cluster = await RenderAsync(workbench.Checkout, environment, workbench.Scratch.FullName);

            foreach (var one in cluster.Applications.Where(one => releases.Contains($"{environment}/{one.Name}")))
            {
                var made = one.Manifests.Select(item => item.Json.ToJsonString());
                var direct = Workbench.Objects(await workbench.RenderedAsync($"{environment}/{one.Name}"))
                    .Concat(await new MonitoringChart(workbench.Checkout, workbench.Helm).OfWorkloadAsync(environment, one.Name, Stop))
                    .Select(item => item.ToJsonString());
                gate.Record($"{environment}/{one.Name}", made.SequenceEqual(direct) ? null : "the application's manifests are not what the charts render");
            }
        }

        gate.Close();
    }

    [Theory]
    [InlineData(
        "argocd/clusters/staging.yaml", "    causeway/vpc: ", "    causeway/vpn: ",
        "argocd/appsets/platform.yaml: ApplicationSet platform: spec.template with the parameters of matrix.spec.sources[0].helm.values: ",
        "addon.values has <causeway/vpc>, which is neither a label nor an annotation of the cluster")]
    [InlineData(
        "argocd/clusters/staging.yaml", "    causeway/repository: ", "    repository: ",
        "argocd/bootstrap/argocd.yaml: ApplicationSet argocd: spec.template with the parameters of clusters.spec.source.repoURL: ",
        "it prints a value that is not there")]
    [InlineData(
        "argocd/appsets/workloads.yaml", ".release.pins.revision }}", ".release.pins.revison }}",
        "argocd/appsets/workloads.yaml: ApplicationSet workloads: spec.template with the parameters of matrix.spec.sources[0].targetRevision: ",
        ".release.pins has no key revison, only images, revision")]
    [InlineData("argocd/appsets/platform.yaml", "/values.yaml", "/value.yaml", "staging/", "/value.yaml does not exist: correct valueFiles, or add it")]
    [InlineData("argocd/appsets/workloads.yaml", "$facts/terraform", "$fact/terraform", "staging/", "and no source has the ref fact")]
    [InlineData("argocd/appsets/workloads.yaml", "path: helm/charts/workload", "path: helm/charts/work", "staging/", "there is no folder helm/charts/work at ")]
    [InlineData("argocd/appsets/workloads.yaml", "path: helm/charts/workload", "path: ../elsewhere", "staging/", "../elsewhere leads out of the repository")]
    [InlineData(
        "argocd/appsets/workloads.yaml", "valueFiles: #", "ignoreMissingValueFiles: true\n            valueFiles: #",
        "staging/", "lets a renamed file pass in silence")]
    [InlineData(
        "argocd/bootstrap/argocd.yaml", "path: argocd\n", "path: argocd\n        plugin: { name: x }\n",
        "staging/argocd: spec.source: plugin is not supported", "")]
    [InlineData(
        "argocd/bootstrap/argocd.yaml", "recurse: true", "jsonnet: { tlas: [] }, recurse: true",
        "staging/argocd: spec.source.directory: jsonnet is not supported", "")]
    [InlineData(
        "argocd/appsets/platform.yaml", "name: \"{{ .path.basename }}\"", "name: argocd",
        "7 applications are called argocd (ApplicationSet platform)", "")]
    [InlineData(
        "argocd/appsets/workloads.yaml", "name: '{{ trimSuffix \".yaml\" .path.filename }}'", "name: root",
        "2 applications are called root (Terraform, ApplicationSet workloads)", "")]
    public async Task One_wrong_thing_is_refused_with_its_place(string file, string from, string to, string place, string problem)
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Replace(file, from, to);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RenderAsync(tree.Repository, Environment));

        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("argocd/projects/kustomization.yaml", "resources: []", "argocd/projects/kustomization.yaml: a document in it has no kind or apiVersion")]
    [InlineData("argocd/appsets/kustomization.yaml", "resources: []", "argocd/appsets/kustomization.yaml: a document in it has no kind or apiVersion")]
    [InlineData("argocd/bootstrap/kustomization.yaml", "resources: []", "staging/root: spec.source: argocd/bootstrap is of Kustomize")]
    [InlineData("argocd/bootstrap/more.jsonnet", "{}", "argocd/bootstrap/more.jsonnet: Jsonnet is not supported")]
    [InlineData("argocd/bootstrap/text.yaml", "[]", "argocd/bootstrap/text.yaml: a document in it has no kind or apiVersion")]
    public async Task A_file_that_cannot_be_applied_is_refused_by_name(string file, string text, string problem)
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Write(file, text);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RenderAsync(tree.Repository, Environment));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_gets_values_parameters_and_the_clusters_version_as_Argo_CD_hands_them_on()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Write("helm/charts/small/Chart.yaml", "{ apiVersion: v2, name: small, version: 1.0.0 }");
        tree.Write("helm/charts/small/more.yaml", "{ a: file, b: file, c: file, d: file }");
        tree.Write("helm/charts/small/crds/zone.yaml", "{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: zones } }");
        tree.Write(
            "helm/charts/small/templates/map.yaml",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }
            data: {{ merge (dict "kubernetes" .Capabilities.KubeVersion.Version "kind" (kindOf .Values.number)) (omit .Values "global") | toJson }}
            """);
        tree.Write(
            "argocd/bootstrap/small.yaml",
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: small, namespace: argocd }
            spec:
              project: root
              destination: { server: https://kubernetes.default.svc, namespace: elsewhere }
              source:
                repoURL: https://github.com/example/causeway.git
                targetRevision: main
                path: helm/charts/small
                helm:
                  releaseName: tiny
                  valueFiles: [more.yaml]
                  values: "{ b: inline, c: inline, d: inline }"
                  parameters:
                    - { name: c, value: "one,two" }
                    - { name: number, value: "5", forceString: true }
                    - { name: d, value: "{x,y}" }
            """);

        var small = (await RenderAsync(tree.Repository, Environment)).Applications.Single(one => one.Name is "small");

        Assert.Equal(["CustomResourceDefinition", "ConfigMap"], small.Manifests.Select(item => item.Kind));
        Assert.Equal(
            """{"name":"tiny","namespace":"elsewhere"} {"a":"file","b":"inline","c":"one,two","d":["x","y"],"kind":"string","kubernetes":"v1.35.0","number":"5"}""",
            $"{small.Manifests[1].Json["metadata"]!.ToJsonString()} {small.Manifests[1].Json["data"]!.ToJsonString()}");
        Assert.Equal(["helm/charts/small/more.yaml"], small.ValueFiles);

        tree.Replace("argocd/bootstrap/small.yaml", "values: \"{ b: inline, c: inline, d: inline }\"", "skipCrds: true\n      valuesObject: { b: object }");
        var without = (await RenderAsync(tree.Repository, Environment)).Applications.Single(one => one.Name is "small");

        Assert.Equal("object", (string?)without.Manifests.Single().Json["data"]!["b"]);
    }

    [Fact]
    public async Task Files_of_a_folder_are_chosen_as_it_says()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);

        foreach (var file in new[] { "a.yaml", "b.yml", "c.json", "d.txt", "deep/e.yaml", "deep/f.yaml", "old/g.yaml" })
        {
            tree.Write($"argocd/bootstrap/{file}", $"{{ apiVersion: v1, kind: ConfigMap, metadata: {{ name: {Path.GetFileNameWithoutExtension(file)} }} }}");
        }

        Assert.Equal(["a", "b", "c"], await NamesAsync("{}"));
        Assert.Equal(["a", "b", "c", "e", "f", "g"], await NamesAsync("{ recurse: true }"));
        Assert.Equal(["e", "g"], await NamesAsync("{ recurse: true, include: \"{deep/[!f]*,old/*}\" }"));
        Assert.Equal(["a", "b", "f"], await NamesAsync("{ recurse: true, exclude: \"{*e.yaml,old/?.yaml,*.json}\" }"));

        async Task<string[]> NamesAsync(string directory)
        {
            tree.Write(
                "argocd/clusters/staging.yaml",
                $$"""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: root, namespace: argocd }
                spec:
                  project: root
                  destination: { server: https://kubernetes.default.svc, namespace: argocd }
                  source: { repoURL: https://github.com/example/causeway, targetRevision: main, path: argocd/bootstrap, directory: {{directory}} }
                """);

            return [.. (await RenderAsync(tree.Repository, Environment)).Applications.Single().Manifests
                .Where(item => item.Kind is "ConfigMap")
                .Select(item => (string)item.Json["metadata"]!["name"]!)];
        }
    }

    [Fact]
    public async Task Another_repository_is_refused()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Replace("argocd/bootstrap/argocd.yaml", "'{{ index .metadata.annotations \"causeway/repository\" }}'", "https://github.com/other/one");

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RenderAsync(tree.Repository, Environment));

        Assert.Contains("staging/argocd: https://github.com/other/one is not this repository", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_without_a_file_is_refused_with_the_way_to_one()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        File.Delete(ClusterFile.PathTo(tree.Repository, Environment));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RenderAsync(tree.Repository, Environment));

        Assert.Contains("argocd/clusters/staging.yaml is missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CAUSEWAY_APPROVE=1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_without_pins_is_rendered_nowhere_and_named()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Write(Release, "release: { apiVersion: causeway/v1, runtime: eks }");

        Assert.DoesNotContain((await RenderAsync(tree.Repository, Environment)).Applications, one => one.Name is "clock");
        var named = (await Renderer(tree.Repository).RenderAsync(Environment, Stop)).Single(release => release.Name is "staging/clock");
        Assert.Equal("has no pins, so it is rendered nowhere: promote a version to it", named.Skipped);
    }

    [Fact]
    public async Task A_pinned_release_that_no_application_takes_is_an_error()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Write(Release, $"release: {{ apiVersion: causeway/v1, runtime: eks, pins: {{ revision: \"{Commit}\", images: {{}} }} }}");
        tree.Replace("argocd/appsets/workloads.yaml", "matchLabels: { release.runtime: eks }", "matchLabels: { release.runtime: other }");

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Renderer(tree.Repository).RenderAsync(Environment, Stop));

        Assert.Contains("is pinned, and no application in the cluster of staging takes it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pinned_commit_is_read_from_the_clone_and_one_that_it_lacks_from_the_tree_which_is_said()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        var valid = Path.Combine(workbench.Fixtures, "valid", "services", "clock", "workload.yaml");
        tree.Write("services/clock/workload.yaml", await File.ReadAllTextAsync(valid, Stop));
        tree.Write("services/clock/slo.yaml", await File.ReadAllTextAsync(valid.Replace("workload.yaml", "slo.yaml", StringComparison.Ordinal), Stop));
        var commit = await tree.CommitAsync(Stop);
        var component = Yaml.LoadFile(valid)["workload"]!["components"]!.AsObject().Single().Key;
        tree.Write(Release, Pinned(commit));
        tree.Replace("helm/charts/workload/templates/_names.tpl", "causeway/owner:", "causeway/team:");
        Assert.Contains("causeway/owner", await LabelsAsync(), StringComparison.Ordinal);

        tree.Write(Release, Pinned(Commit));
        Assert.Contains("causeway/team", await LabelsAsync(), StringComparison.Ordinal);
        Assert.Contains((Commit, "staging/clock"), (await RenderAsync(tree.Repository, Environment)).Missing);

        string Pinned(string revision) =>
            "release: { apiVersion: causeway/v1, runtime: eks, " +
            $"pins: {{ revision: \"{revision}\", images: {{ {component}: \"sha256:{new string('0', 64)}\" }} }} }}";

        async Task<string> LabelsAsync() => (await RenderAsync(tree.Repository, Environment)).Applications.Single(one => one.Name is "clock")
            .Manifests.First(item => item.Kind is "Deployment").Json["metadata"]!["labels"]!.ToJsonString();
    }

    private ReleaseRenderer Renderer(Harness.Repository tree, string? clone = null) =>
        new(tree, workbench.Helm, workbench.Scratch.CreateSubdirectory($"values-{Guid.NewGuid():N}").FullName, clone);

    private Task<ClusterRendering> RenderAsync(Harness.Repository tree, string environment, string? clone = null) =>
        Renderer(tree, clone).ClusterAsync(environment, Stop);
}
