using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Argo.Diffs;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Argo;

/// <summary><c>causeway diff</c>: what a change does in the clusters, and what it may not do.</summary>
public sealed class DiffRunTests(Workbench workbench)
{
    private const string Clock = "argocd/platform/clock";

    private static readonly DateTimeOffset Today = new(2027, 6, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_change_there_is_none_and_each_application_is_counted()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);

        var found = await DiffAsync(tree);

        found.ExpectAllowed();
        Assert.Equal(ClusterFileTests.OnKubernetes(tree.Repository).Order(), found.Clusters.Select(cluster => cluster.Environment));
        Assert.All(found.Clusters, cluster => Assert.Equal((0, cluster.Present.Count), (cluster.Applications.Count, cluster.Same)));
        Assert.All(found.Clusters, cluster => Assert.NotEqual(0, cluster.Same));
    }

    [Fact]
    public async Task Applications_and_values_of_objects_are_shown_and_what_is_secret_is_not()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Write("helm/charts/workload/templates/secret.yaml", Secret("hunter2-hunter2", "small"));
        await tree.CommitAsync(Stop);
        tree.Write("helm/charts/workload/templates/secret.yaml", Secret("hunter3-hunter3", "large"));
        tree.Write($"{Clock}/addon.yaml", ClockAddon);
        tree.Write($"{Clock}/values.yaml", "{}");
        tree.Replace("argocd/platform/metrics-server/addon.yaml", "version: \"3.13.0\"", "version: \"3.14.0\"");
        tree.Replace("argocd/platform/external-dns/addon.yaml", "txtOwnerId: <environment>", "txtOwnerId: <causeway/domain>");

        var found = await DiffAsync(tree);
        var (lines, markdown) = (string.Join('\n', found.Report.Lines()), found.Report.Markdown());

        found.ExpectAllowed();
        Assert.Contains("staging: 0 removed, 1 added, 3 changed, 8 the same", lines, StringComparison.Ordinal);
        Assert.Contains("+ staging/clock (ApplicationSet platform): chart clock 1.2.3 of https://charts.example.com cannot", lines, StringComparison.Ordinal);
        Assert.Contains("    spec.sources[0].targetRevision: \"3.13.0\" → \"3.14.0\"", lines, StringComparison.Ordinal);
        Assert.Contains("    spec.sources[0].helm.values.txtOwnerId: \"staging\" → \"staging.example.com\"", lines, StringComparison.Ordinal);
        Assert.Contains("      stringData.password: (sensitive) → \"(sensitive, changed)\"", lines, StringComparison.Ordinal);
        Assert.Contains("      data.size: \"small\" → \"large\"", lines, StringComparison.Ordinal);
        Assert.Contains("/copy\n      (sensitive, changed)", lines, StringComparison.Ordinal);
        Assert.Contains("is not in this clone: each tree stands in for it", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", lines + markdown, StringComparison.Ordinal);
        Assert.Contains("- `+` **staging/clock** (ApplicationSet platform)", markdown, StringComparison.Ordinal);
        Assert.Equal((lines, markdown), await AgainAsync());

        async Task<(string, string)> AgainAsync()
        {
            var again = await DiffAsync(tree);

            return (string.Join('\n', again.Report.Lines()), again.Report.Markdown());
        }
    }

    [Fact]
    public async Task A_renamed_folder_of_a_generator_is_refused_with_every_application_that_would_vanish()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        string[] addons = [.. Addons(tree)];
        Directory.Move(tree.Repository.PathTo("argocd", "platform"), tree.Repository.PathTo("argocd", "addons"));

        var found = await DiffAsync(tree);
        var refused = Assert.Throws<PlatformException>(found.ExpectAllowed);

        Assert.Equal(addons.Length, found.Problems.Count);
        Assert.All(addons, addon => Assert.Contains($"{addon} would vanish, and argocd/removed.yaml does not name it", refused.Log, StringComparison.Ordinal));
        Assert.All(addons, addon => Assert.Contains($"- {addon} would vanish", found.Report.Markdown(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027-06-30", null)]
    [InlineData("2027-06-29", "metrics-server ended on 2027-06-29: remove the entry")]
    public async Task What_is_named_may_vanish_until_its_last_day(string expires, string? problem)
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        Directory.Delete(tree.Repository.PathTo("argocd", "platform", "metrics-server"), recursive: true);
        tree.Write(Removals.File, Named(Addons(tree, "metrics-server"), expires));

        var found = await DiffAsync(tree);

        Assert.Equal(problem is null, found.Problems is []);
        Assert.Equal(problem is not null, found.Problems.Any(line => line.EndsWith(problem ?? "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_entry_for_what_is_still_there_is_refused()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        tree.Write(Removals.File, Named(["staging/metrics-server"], "2027-06-30"));

        Assert.Equal(
            ["argocd/removed.yaml: staging/metrics-server is still there: remove the entry, or what makes the application"], (await DiffAsync(tree)).Problems);
    }

    [Fact]
    public async Task An_environment_that_goes_takes_its_applications_along_by_name()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        Directory.Delete(tree.Repository.PathTo("terraform", "envs", "staging"), recursive: true);

        var problems = (await DiffAsync(tree)).Problems;

        Assert.Contains("staging/root would vanish, and argocd/removed.yaml does not name it", problems);
        Assert.All(problems, problem => Assert.StartsWith("staging/", problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_the_way_out()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        var unknown = await Assert.ThrowsAsync<PlatformException>(() => DiffAsync(tree, "nowhere"));
        Assert.Contains("nowhere names no commit", unknown.Message, StringComparison.Ordinal);

        tree.Replace("argocd/appsets/platform.yaml", "goTemplate: true", "goTemplate: false");
        await tree.CommitAsync(Stop);
        tree.Replace("argocd/appsets/platform.yaml", "goTemplate: false", "goTemplate: true");

        var refused = await Assert.ThrowsAsync<PlatformException>(() => DiffAsync(tree));

        Assert.Contains("cannot be rendered, so there is nothing to compare with", refused.Message, StringComparison.Ordinal);
        Assert.Contains("goTemplate has to be true", refused.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_without_a_cluster_is_not_a_pass()
    {
        var tree = await ClusterTree.CreateAsync(workbench, Stop);
        ClusterFileTests.OnKubernetes(tree.Repository).ToList()
            .ForEach(environment => Directory.Delete(tree.Repository.PathTo("terraform", "envs", environment), recursive: true));
        await tree.CommitAsync(Stop);

        var refused = await Assert.ThrowsAsync<PlatformException>(() => DiffAsync(tree));

        Assert.Contains("nothing was compared", refused.Message, StringComparison.Ordinal);
    }

    private static string Secret(string password, string size) => $$$"""
        apiVersion: v1
        kind: Secret
        metadata: { name: login, namespace: {{ .Release.Namespace }} }
        stringData: { password: {{{password}}} }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: login, namespace: {{ .Release.Namespace }} }
        data: { size: {{{size}}} }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: copy, namespace: {{ .Release.Namespace }} }
        data: { line: password={{{password}}} }
        """;

    private const string ClockAddon = """
        addon: { repository: "https://charts.example.com", chart: clock, version: "1.2.3", namespace: clocks, values: {}, clusterKinds: [] }
        """;

    private static string Named(IEnumerable<string> applications, string expires) => "removals:\n" + string.Concat(applications.Select(name =>
        $"  - {{ application: {name}, reason: It is not asked any more., owner: platform-team, expires: \"{expires}\" }}\n"));

    private static IEnumerable<string> Addons(ClusterTree tree, string? only = null) =>
        from environment in ClusterFileTests.OnKubernetes(tree.Repository)
        from name in only is null ? Harness.Argo.Addon.All(tree.Repository).Select(addon => addon.Name) : [only]
        select $"{environment}/{name}";

    private Task<Difference> DiffAsync(ClusterTree tree, string reference = "HEAD") =>
        new DiffRun(tree.Repository, workbench.Helm, new FakeTimeProvider(Today)).AgainstAsync(reference, Stop);
}
