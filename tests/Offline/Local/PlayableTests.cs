using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Offline.Local;

/// <summary>What becomes of rendered objects before they are played.</summary>
public sealed class PlayableTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, namespace: shop }
        spec:
          template:
            metadata: { labels: { app: web }, annotations: { checksum: x } }
            spec:
              terminationGracePeriodSeconds: 21
              containers:
                - name: web
                  image: web
                  ports: [{ name: http, containerPort: 8080 }, { containerPort: 9090, hostPort: 19090, hostIP: 127.0.0.1 }]
                  envFrom: [{ configMapRef: { name: settings } }]
                  readinessProbe: { httpGet: { path: /ready, port: http } }
                  livenessProbe: { httpGet: { path: /live, port: http } }
                  startupProbe: { httpGet: { path: /live, port: http } }
                  lifecycle: { preStop: { sleep: { seconds: 6 } } }
                  volumeMounts: [{ name: tmp, mountPath: /tmp }, { name: data, mountPath: /data }]
              volumes: [{ name: tmp, emptyDir: {} }, { name: data, persistentVolumeClaim: { claimName: data } }]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: settings, namespace: shop }
        data: { A: b }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: web, namespace: shop }
        spec: { selector: { app: web }, ports: [{ port: 8080, targetPort: http }] }
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: { name: web, namespace: shop }
        spec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { name: web } }
        """;

    private static Playable Playable(string yaml, Dictionary<string, int>? ports = null) =>
        new(new Instance("dev"), new([.. Yaml.Load(yaml).Cast<JsonObject>()]), ports ?? []);

    private static IReadOnlyList<PlayablePod> Play(string yaml) => Playable(yaml).Pods();

    private static JsonNode Container(PlayablePod pod) => pod.Documents[^1]["spec"]!["containers"]![0]!;

    [Fact]
    public void A_Deployment_becomes_as_many_pods_as_its_autoscaler_has_at_least()
    {
        var pods = Play(Deployment);

        Assert.Equal(["causeway-dev-web-0", "causeway-dev-web-1"], pods.Select(pod => pod.Name));
        Assert.All(pods, pod => Assert.Equal("Always", (string?)pod.Documents[^1]["spec"]!["restartPolicy"]));
    }

    [Fact]
    public void Services_become_names() =>
        Assert.Equal(["web", "web.shop", "web.shop.svc.cluster.local"], Play(Deployment)[0].Aliases);

    [Fact]
    public void Only_ports_meant_for_the_machine_stay() =>
        Assert.Equal([19090], Container(Play(Deployment)[0])["ports"]!.AsArray().Select(port => (int)port!["hostPort"]!));

    [Fact]
    public void A_host_port_is_the_one_that_was_chosen_for_the_instance() =>
        Assert.Equal([23456], Container(Playable(Deployment, new() { ["web"] = 23456 }).Pods()[0])["ports"]!.AsArray().Select(port => (int)port!["hostPort"]!));

    [Fact]
    public void The_ports_a_container_declares_stay_known() =>
        Assert.Equal([8080, 9090], Play(Deployment)[0].Ports);

    [Fact]
    public void A_pod_that_is_always_restarted_does_not_complete_and_any_other_does()
    {
        const string Grace = "terminationGracePeriodSeconds";

        Assert.False(Play(Deployment)[0].Completes);
        Assert.True(Play(Deployment.Replace(Grace, $"restartPolicy: OnFailure\n      {Grace}", StringComparison.Ordinal))[0].Completes);
    }

    [Fact]
    public void Probes_and_hooks_are_taken_over_by_the_runtime()
    {
        var pod = Play(Deployment)[0];

        Assert.Equal(("8080/ready", 15), (pod.Ready, pod.GraceSeconds));
        Assert.All(new[] { "readinessProbe", "livenessProbe", "startupProbe", "lifecycle" }, field => Assert.Null(Container(pod)[field]));
    }

    [Fact]
    public void Volumes_of_one_replica_are_its_own_and_claims_are_the_instances()
    {
        var volumes = Play(Deployment).Select(pod => pod.Documents[^1]["spec"]!["volumes"]!.AsArray()).ToArray();

        Assert.Equal(["causeway-dev-web-0-tmp", "causeway-dev-web-1-tmp"], volumes.Select(list => (string?)list[0]!["name"]));
        Assert.All(volumes, list => Assert.Equal("causeway-dev-data", (string?)list[1]!["persistentVolumeClaim"]!["claimName"]));
        Assert.Equal(["causeway-dev-data"], Play(Deployment)[0].Volumes);
        Assert.Equal("causeway-dev-web-0-tmp", (string?)Container(Play(Deployment)[0])["volumeMounts"]![0]!["name"]);
    }

    [Fact]
    public void Variables_of_ConfigMaps_become_the_containers_own_and_change_its_hash()
    {
        var before = Play(Deployment)[0];
        var after = Play(Deployment.Replace("A: b", "A: c", StringComparison.Ordinal))[0];

        Assert.Equal([("A", "b")], VariablesOf(before));
        Assert.Empty(Container(before)["envFrom"]!.AsArray());
        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(before.Hash, Play(Deployment)[0].Hash);
    }

    [Fact]
    public void A_containers_own_variable_goes_before_a_ConfigMaps_and_a_later_ConfigMap_before_an_earlier()
    {
        var pod = Play(
            Deployment.Replace(
                "envFrom: [{ configMapRef: { name: settings } }]",
                "envFrom: [{ configMapRef: { name: settings } }, { prefix: X_, configMapRef: { name: more } }, { configMapRef: { name: more } }]\n" +
                "          env: [{ name: C, value: own }]",
                StringComparison.Ordinal)
            + "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: more, namespace: shop }\ndata: { A: later, C: lost }")[0];

        Assert.Equal([("A", "later"), ("C", "own"), ("X_A", "later"), ("X_C", "lost")], VariablesOf(pod).Order());
    }

    private static IEnumerable<(string, string)> VariablesOf(PlayablePod pod) =>
        Container(pod)["env"]!.AsArray().Select(variable => ((string)variable!["name"]!, (string)variable["value"]!));

    [Fact]
    public void Every_edit_and_every_object_is_reported()
    {
        var report = Playable(Deployment).Report();

        Assert.Equal(Harness.Local.Playable.Edits.Count + 5, report.Count);
        Assert.Contains(report, line => line.StartsWith("Service web: played as names", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: nightly }", "CronJob nightly cannot be played")]
    [InlineData("apiVersion: v1\nmetadata: { name: nothing }", "object without kind")]
    public void What_cannot_be_played_is_named_and_not_dropped(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<PlatformException>(() => Play(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_Service_that_changes_ports_is_refused() =>
        Assert.Contains(
            "maps port 80 to 8080",
            Assert.Throws<PlatformException>(
                () => Play(Deployment.Replace("port: 8080, targetPort", "port: 80, targetPort", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_ConfigMap_that_nothing_renders_is_refused() =>
        Assert.Contains(
            "settings",
            Assert.Throws<PlatformException>(
                () => Play(Deployment.Replace("metadata: { name: settings", "metadata: { name: other", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Dev")]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("1st")]
    [InlineData("averyveryverylongname")]
    public void An_instance_has_a_short_plain_name(string name) => Assert.Throws<PlatformException>(() => new Instance(name));
}
