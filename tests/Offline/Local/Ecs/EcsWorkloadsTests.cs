using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Ecs;

namespace Causeway.Offline.Local.Ecs;

/// <summary>What runs in place of services on ECS is what Terraform plans, and nothing of a plan is dropped in silence.</summary>
[Trait("gate", "repository")]
public sealed class EcsWorkloadsTests(Workbench workbench, PlannedOnEcs planned) : IClassFixture<PlannedOnEcs>
{
    /// <summary>A change of a container definition as JSON that is laid over it, and where it shows in the container, with what value.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { """{ "image": "another@sha256:1" }""", "image", "\"another@sha256:1\"" },
        { """{ "environment": [{ "name": "ADDED", "value": "x" }] }""", "env/0", """{"name":"ADDED","value":"x"}""" },
        { """{ "command": ["serve", "--fast"] }""", "args", """["serve","--fast"]""" },
        { """{ "entryPoint": ["/bin/x"] }""", "command", """["/bin/x"]""" },
        { """{ "user": "5:6" }""", "securityContext/runAsUser", "5" },
        { """{ "user": "5:6" }""", "securityContext/runAsGroup", "6" },
        { """{ "privileged": true }""", "securityContext/privileged", "true" },
        { """{ "dockerSecurityOptions": ["no-new-privileges"] }""", "securityContext/allowPrivilegeEscalation", "false" },
        { """{ "readonlyRootFilesystem": false }""", "securityContext/readOnlyRootFilesystem", "false" },
        { """{ "cpu": 512 }""", "resources/requests/cpu", "\"500m\"" },
        { """{ "memory": 333 }""", "resources/limits/memory", "\"333Mi\"" },
        { """{ "memoryReservation": 33 }""", "resources/requests/memory", "\"33Mi\"" },
        { """{ "linuxParameters": { "capabilities": { "add": ["NET_ADMIN"], "drop": [] } } }""", "securityContext/capabilities/add/0", "\"NET_ADMIN\"" },
        { """{ "linuxParameters": { "tmpfs": [{ "containerPath": "/tmp", "size": 8 }] } }""", "volumeMounts/0/mountPath", "\"/tmp\"" },
        { """{ "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data" }] }""", "volumeMounts/0/mountPath", "\"/data\"" },
    };

    /// <summary>A field that is not known here, in each form: type of resource or <c>container</c>, path of the form in it, and the field.</summary>
    public static TheoryData<string, string, string> Unknown => new()
    {
        { "container", "", "gpus" },
        { "container", "", "secrets" },
        { "container", "", "volumesFrom" },
        { "container", "linuxParameters", "maxSwap" },
        { "container", "linuxParameters/capabilities", "ambient" },
        { "container", "portMappings/0", "containerPortRange" },
        { "container", "environment/0", "valueFrom" },
        { "aws_ecs_task_definition", "", "pid_mode" },
        { "aws_ecs_service", "", "volume_configuration" },
        { "aws_ecs_service", "service_connect_configuration/0", "access_log_configuration" },
        { "aws_ecs_service", "service_connect_configuration/0/service/0", "tls" },
        { "aws_lb_target_group", "", "stickiness" },
        { "aws_lb_target_group", "health_check/0", "grpc" },
        { "aws_lb_listener_rule", "", "transform" },
        { "aws_lb_listener_rule", "action/0", "redirect" },
        { "aws_lb_listener_rule", "condition/0", "http_header" },
        { "aws_lb_listener_rule", "condition/0/host_header/0", "regex_values" },
        { "aws_appautoscaling_target", "", "schedule" },
    };

    /// <summary>A value that is known and not played.</summary>
    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "container", "", "essential", "false" },
        { "container", "", "user", "\"root\"" },
        { "container", "portMappings/0", "protocol", "\"udp\"" },
        { "aws_ecs_service", "", "scheduling_strategy", "\"DAEMON\"" },
        { "aws_lb_target_group", "", "protocol_version", "\"GRPC\"" },
        { "aws_lb_target_group", "health_check/0", "matcher", "\"200-499\"" },
        { "aws_lb_listener_rule", "action/0", "type", "\"redirect\"" },
        { "aws_appautoscaling_target", "", "service_namespace", "\"dynamodb\"" },
    };

    [Fact]
    public void Every_service_of_a_contract_is_played_from_its_plan()
    {
        var images = EcsTree.Images(workbench.Checkout);
        string[] services =
        [
            .. from workload in planned.Plans.Keys
               from component in Yaml.LoadFile(workbench.Checkout.PathTo("services", workload, "workload.yaml"))["workload"]!["components"]!.AsObject()
               where (string?)component.Value!["kind"] is "service"
               select $"{workload}-{component.Key}",
        ];
        var gate = new Gate("services of local, played from Terraform's plan", services);

        foreach (var deployment in Deployments(planned.Workloads()))
        {
            var name = (string)deployment["metadata"]!["name"]!;
            gate.Record(name, (string?)Container(deployment)["image"] == $"{Images.Registry}/{name}@{images[name]}" ? null : "has another image");
        }

        gate.Close();
    }

    [Theory, MemberData(nameof(Changes))]
    public void A_change_of_a_container_definition_shows_in_the_container(string change, string at, string expected)
    {
        var workloads = planned.Workloads(plan =>
        {
            plan.Containers(container => JsonNode.Parse(change)!.AsObject().ToList().ForEach(field => container[field.Key] = field.Value?.DeepClone()));
            plan.Of("aws_ecs_task_definition", task => task["volume"] = JsonNode.Parse(
                """[{ "name": "data", "docker_volume_configuration": [{ "scope": "task", "driver": "local" }] }]"""));
        });

        Assert.All(Deployments(workloads), deployment => Assert.Equal(expected, At(Container(deployment), at)?.ToJsonString()));
    }

    [Fact]
    public void Only_what_AWS_gives_is_added_to_an_environment()
    {
        var before = planned.Plans.Values.SelectMany(plan => plan.Resources)
            .Where(resource => resource.Type is "aws_ecs_task_definition")
            .SelectMany(resource => JsonNode.Parse((string)resource.After!["container_definitions"]!)!.AsArray())
            .ToDictionary(container => (string)container!["name"]!, container => Names(container!["environment"]!));

        var workloads = planned.Workloads();

        Assert.All(Deployments(workloads), deployment => Assert.All(
            Names(Container(deployment)["env"]!).Except(before[(string)Container(deployment)["name"]!]),
            name => Assert.Matches("^(AWS_ENDPOINT_URL_|AWS_ACCESS_KEY_ID$|AWS_SECRET_ACCESS_KEY$|OTEL_EXPORTER_OTLP_[A-Z]+_ENDPOINT$)", name)));
        Assert.Contains(workloads.Report, line => line.StartsWith("added to ", StringComparison.Ordinal));
        Assert.Contains("AWS_ACCESS_KEY_ID", workloads.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_the_plan_does_not_set_is_not_taken_from_the_chart()
    {
        var workloads = planned.Workloads(plan => plan.Containers(container => container["environment"] = new JsonArray()));

        Assert.All(Deployments(workloads), deployment => Assert.DoesNotContain("PORT", Names(Container(deployment)["env"]!)));
    }

    [Theory, MemberData(nameof(Unknown))]
    public void A_field_that_is_not_known_is_refused_by_name(string form, string path, string field)
    {
        var refusal = Assert.Throws<PlatformException>(() => Set(form, path, field, """[{ "a": 1 }]"""));

        Assert.Contains($": {field} is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("src/Harness/Local/Ecs/", refusal.Remedy, StringComparison.Ordinal);
        Assert.True(File.Exists(workbench.Checkout.PathTo(refusal.Remedy[refusal.Remedy.IndexOf("src/", StringComparison.Ordinal)..^1])), refusal.Remedy);
    }

    [Theory, MemberData(nameof(Refused))]
    public void A_value_that_would_do_something_else_is_refused(string form, string path, string field, string value) =>
        Assert.Contains($"{field} is ", Assert.Throws<PlatformException>(() => Set(form, path, field, value)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_type_that_makes_services_run_and_has_no_class_is_refused()
    {
        var refusal = Assert.Throws<PlatformException>(() => planned.Workloads(plan => plan.Rename("aws_appautoscaling_policy", "aws_ecs_task_set")));

        Assert.Contains("cannot be played", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("aws_appautoscaling_policy", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_resource_of_a_plan_is_reported()
    {
        var resources = planned.Plans.Values.SelectMany(plan => plan.Resources).Where(resource => resource.Mode is "managed").ToArray();
        var report = planned.Workloads().Report;

        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.Contains(report, line => line.StartsWith($"{resource.Address}: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_the_load_balancer_asks_is_the_readiness_and_elsewhere_a_connection()
    {
        var workloads = planned.Workloads(plan => plan.Of(
            "aws_lb_target_group", group => (group["health_check"]![0]!["path"], group["health_check"]![0]!["port"]) = ("/changed", "8081")));
        var routed = new RenderedObjects(workloads.Objects).Of("Ingress").Select(RenderedObjects.NameOf).ToHashSet();

        Assert.NotEmpty(routed);
        Assert.All(Deployments(workloads), deployment => Assert.Equal(
            routed.Contains(RenderedObjects.NameOf(deployment)) ? """{"path":"/changed","port":8081}""" : null,
            Container(deployment)["readinessProbe"]!["httpGet"]?.ToJsonString()));
        Assert.All(Deployments(workloads), deployment => Assert.Single(Container(deployment)["readinessProbe"]!.AsObject()));
    }

    [Fact]
    public void The_port_that_serves_is_asked_where_the_load_balancer_does_so()
    {
        var workloads = planned.Workloads(plan => plan.Of("aws_lb_target_group", group => group["health_check"]![0]!["port"] = "traffic-port"));
        var probes = Deployments(workloads).Select(deployment => Container(deployment)).Where(container => container["readinessProbe"]!["httpGet"] is not null);

        Assert.All(probes, container => Assert.Equal(
            (int)container["ports"]![0]!["containerPort"]!, (int)container["readinessProbe"]!["httpGet"]!["port"]!));
    }

    [Fact]
    public void Tasks_names_and_scaling_come_from_the_plan()
    {
        var workloads = planned.Workloads(plan =>
        {
            plan.Of("aws_appautoscaling_target", target => (target["min_capacity"], target["max_capacity"]) = (3, 7));
            plan.Containers(container => container["stopTimeout"] = 77);
            plan.Of("aws_ecs_service", service =>
                service["service_connect_configuration"]![0]!["service"]![0]!["client_alias"]![0]!["dns_name"] = $"called-{service["name"]}");
        });
        var playable = new Playable(new Instance("dev"), new(workloads.Objects), new Dictionary<string, int>());

        Assert.NotEmpty(playable.Pods());
        Assert.All(playable.Pods().GroupBy(pod => pod.Owner), pods => Assert.Equal(3, pods.Count()));
        Assert.All(playable.Pods(), pod => Assert.Equal(77, pod.GraceSeconds));
        Assert.All(playable.Pods(), pod => Assert.Contains($"called-{Renderer.Environment}-{pod.Owner}", pod.Aliases));
        Assert.All(new RenderedObjects(workloads.Objects).Of("HorizontalPodAutoscaler"), scaler => Assert.Equal(7, (int)scaler["spec"]!["maxReplicas"]!));
    }

    [Theory]
    [InlineData("/a", "/a/*", "/a")]
    [InlineData("/*", "/*", "/")]
    [InlineData("/a", "/a", null)]
    [InlineData("/a/*", "/a/*", null)]
    [InlineData("/a*", "/a*/*", null)]
    [InlineData("/a", "/b/*", null)]
    public void Paths_are_routed_by_prefix_or_refused(string one, string other, string? prefix)
    {
        EcsWorkloads Routed() => planned.Workloads(plan => plan.Of("aws_lb_listener_rule", rule => rule["condition"]!.AsArray()
            .Single(condition => condition!["path_pattern"]!.AsArray().Count > 0)!["path_pattern"]![0]!["values"] = new JsonArray(one, other)));

        if (prefix is null)
        {
            Assert.Contains("path_pattern has", Assert.Throws<PlatformException>(Routed).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.All(Edge.Routes(new(Routed().Objects)), route => Assert.Equal(prefix, route.Path));
        }
    }

    [Fact]
    public void A_host_with_a_wildcard_is_refused() => Assert.Contains(
        "host_header is *.example.com",
        Assert.Throws<PlatformException>(() => planned.Workloads(plan => plan.Of("aws_lb_listener_rule", rule => rule["condition"]!.AsArray()
            .Single(condition => condition!["host_header"]!.AsArray().Count > 0)!["host_header"]![0]!["values"]![0] = "*.example.com"))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("aws_ecs_service", "task_definition")]
    [InlineData("aws_lb_target_group", "arn")]
    public void What_belongs_together_is_found_by_ARN_or_refused(string type, string attribute) => Assert.Contains(
        "which is not in its plan",
        Assert.Throws<PlatformException>(() => planned.Workloads(plan => plan.Of(type, resource => resource[attribute] = "arn:aws:another"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Plans_without_a_service_are_refused() => Assert.Contains(
        "No plan has an aws_ecs_service",
        Assert.Throws<PlatformException>(() => new EcsWorkloads(new Dictionary<string, Harness.Terraform.Plan>(), planned.Rendered)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_is_not_on_ECS_is_played_as_the_chart_renders_it_and_said()
    {
        var workload = planned.Plans.Keys.First();
        var job = Yaml.Load($$"""
            kind: Deployment
            metadata: { name: {{workload}}-job, namespace: {{workload}}, labels: { app.kubernetes.io/instance: {{workload}}, app.kubernetes.io/name: job } }
            spec: { template: { spec: { containers: [] } } }
            """)[0].AsObject();

        var workloads = new EcsWorkloads(planned.Plans, [.. planned.Rendered, job]);

        Assert.Contains(job, workloads.Objects);
        Assert.Contains($"as the chart renders them: {workload}-job", workloads.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("as the chart renders them", planned.Workloads().Summary, StringComparison.Ordinal);
    }

    private EcsWorkloads Set(string form, string path, string field, string value) => planned.Workloads(plan =>
    {
        void Change(JsonObject of) => (At(of, path) ?? throw new KeyNotFoundException($"{form} has no {path}"))[field] = JsonNode.Parse(value);

        if (form is "container")
        {
            plan.Containers(Change);
        }
        else
        {
            plan.Of(form, Change);
        }
    });

    private static JsonNode? At(JsonNode? node, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(
        node, (at, step) => at is JsonArray list ? list.ElementAtOrDefault(int.Parse(step)) : at?[step]);

    private static IEnumerable<JsonObject> Deployments(EcsWorkloads workloads) => new RenderedObjects(workloads.Objects).Of("Deployment");

    private static JsonNode Container(JsonObject deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static string[] Names(JsonNode variables) => [.. variables.AsArray().Select(variable => (string)variable!["name"]!)];
}
