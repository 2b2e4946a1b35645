using System.Text.Json.Nodes;
using Causeway.Harness.Local.Objects;

namespace Causeway.Harness.Local;

/// <summary>
/// Turns what Helm rendered into what <c>podman kube play</c> can run. Every edit the runtime makes is in <see cref="Edits"/>; every kind of object it
/// knows is a class in <c>Objects/</c> or <c>Controllers/</c>, anything else is an error, so nothing is dropped in silence.
/// </summary>
/// <param name="ports">Host ports by name, see <see cref="HostPorts"/>; one that is not named stays as it is declared.</param>
public sealed class Playable(Instance instance, RenderedObjects objects, IReadOnlyDictionary<string, int> ports)
{
    /// <summary>Every change made to a rendered pod before it is played, with the reason.</summary>
    public static IReadOnlyList<Edit> Edits { get; } =
    [
        new("name", "pods of several instances live side by side", (pod, names) => pod["metadata"]!["name"] = names.PodName),
        new("labels", "podman filters by label of the pod", (pod, names) => pod["metadata"]!["labels"] ??= new JsonObject()),
        new(
            "annotations",
            "podman takes none longer than 63 characters, and nothing here reads them",
            (pod, _) => pod["metadata"]!.AsObject().Remove("annotations")),
        new(
            "restart policy",
            "a pod template that says nothing means Always; a Pod played alone must say so",
            (pod, _) => pod["spec"]!["restartPolicy"] ??= "Always"),
        new("ports", "kube play publishes every containerPort on the machine: only those with a hostPort stay", (pod, _) =>
        {
            foreach (var container in Containers(pod).Where(container => container["ports"] is JsonArray))
            {
                JsonNode[] published = [.. container["ports"]!.AsArray().Where(port => port!["hostPort"] is not null).Select(port => port!.DeepClone())];
                container["ports"] = new JsonArray(published);
            }
        }),
        new("host ports", "several instances live side by side: all but `dev` answer on free ports", (pod, names) =>
        {
            foreach (var port in Containers(pod).SelectMany(container => container["ports"]?.AsArray() ?? []))
            {
                port!["hostPort"] = names.HostPort(port);
            }
        }),
        new(
            "probes",
            "podman's health checks need systemd timers: the runtime waits for readiness itself, the edge asks every 0.5 s, liveness goes unchecked",
            (pod, _) =>
        {
            foreach (var container in Containers(pod))
            {
                container.Remove("startupProbe");
                container.Remove("livenessProbe");
                container.Remove("readinessProbe");
            }
        }),
        new(
            "lifecycle",
            "preStop.sleep waits until a cluster's nodes have forgotten the pod; " +
            "here the edge asks readiness instead, and the grace period is shorter by that sleep",
            (pod, _) =>
        {
            foreach (var container in Containers(pod))
            {
                container.Remove("lifecycle");
            }
        }),
        new("volume names", "kube play makes machine-wide volumes of emptyDir and ConfigMap volumes: each gets the pod's name", (pod, names) =>
        {
            foreach (var mount in Containers(pod).SelectMany(container => container["volumeMounts"]?.AsArray() ?? []))
            {
                mount!["name"] = names.VolumeName((string)mount["name"]!);
            }

            foreach (var volume in pod["spec"]!["volumes"]?.AsArray() ?? [])
            {
                volume!["name"] = names.VolumeName((string)volume["name"]!);

                if (volume["configMap"] is JsonObject map)
                {
                    map["name"] = names.ConfigMapName((string)map["name"]!);
                }

                if (volume["persistentVolumeClaim"] is JsonObject claim)
                {
                    claim["claimName"] = names.ClaimName((string)claim["claimName"]!);
                }
            }
        }),
    ];

    /// <summary>What was done to which object, for <c>--verbose</c>: one line each, the kinds that cannot be played among them.</summary>
    public IReadOnlyList<string> Report() =>
    [
        .. Edits.Select(edit => $"edit of every pod: {edit.What}: {edit.Why}"),
        "edit of every pod: variables: podman lets those of a ConfigMap go before a container's own, Kubernetes does not: all are the container's own",
        .. objects.All.Select(o => $"{RenderedObjects.KindOf(o)} {RenderedObjects.NameOf(o)}: " +
            $"{ObjectKinds.All.GetValueOrDefault(RenderedObjects.KindOf(o))?.Effect ?? "unknown"}"),
    ];

    /// <summary>How many objects have no effect here: they are named by <see cref="Report"/>.</summary>
    public int NotPlayed => objects.All.Count(o => ObjectKinds.All.GetValueOrDefault(RenderedObjects.KindOf(o)) is { HasEffect: false });

    /// <summary>The pods to play, in the order of the objects that make them.</summary>
    /// <exception cref="PlatformException">An object cannot be played and no class says what to do with it.</exception>
    public IReadOnlyList<PlayablePod> Pods() => [.. objects.All.SelectMany(PodsOf)];

    /// <summary>One pod of an object, by a number that may be beyond those the object asks for now, as during a roll-out.</summary>
    /// <exception cref="PlatformException">No object of the name makes pods.</exception>
    public PlayablePod PodOf(string owner, int replica)
    {
        var found = objects.All.FirstOrDefault(o => RenderedObjects.NameOf(o) == owner && ObjectKinds.ControllerOf(o) is not null)
            ?? throw new PlatformException($"No rendered object {owner} makes pods.", "`./causeway status` shows what runs.");

        return PodOf(found, replica, ObjectKinds.ControllerOf(found)!.Pods(found, objects).First().Template);
    }

    private IEnumerable<PlayablePod> PodsOf(JsonObject owner) =>
        (ObjectKinds.ControllerOf(owner)?.Pods(owner, objects) ?? []).Select(pod => PodOf(owner, pod.Replica, pod.Template));

    private PlayablePod PodOf(JsonObject owner, int replica, JsonNode template)
    {
        var @namespace = RenderedObjects.NamespaceOf(owner);
        var names = new PodNames(instance, RenderedObjects.NameOf(owner), replica, ports);
        var pod = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = template["metadata"]?.DeepClone() ?? new JsonObject(),
            ["spec"] = template["spec"]!.DeepClone(),
        };
        var ready = Ready(pod);
        var grace = ((int?)pod["spec"]!["terminationGracePeriodSeconds"] ?? 30) - PreStopSeconds(pod);

        int[] declared = [
            .. Containers(pod).SelectMany(container => container["ports"]?.AsArray() ?? []).Select(port => (int)port!["containerPort"]!).Distinct()
        ];

        TakeVariables(pod, @namespace);
        // ConfigMaps are looked up before the edits change the names they are referred to by.
        JsonObject[] maps = [.. ConfigMapsOf(pod, @namespace).Select(map => Renamed(map, names.ConfigMapName(RenderedObjects.NameOf(map))))];
        string[] claims =
        [
            .. (pod["spec"]!["volumes"]?.AsArray() ?? [])
                .Select(volume => (string?)volume!["persistentVolumeClaim"]?["claimName"])
                .OfType<string>()
                .Select(names.ClaimName),
        ];

        foreach (var edit in Edits)
        {
            edit.Apply(pod, names);
        }

        return new PlayablePod(names.PodName, names.Owner, [.. maps, pod], [.. AliasesOf(template, @namespace)], claims, ready, declared, grace);
    }

    /// <summary>Seconds of <c>preStop.sleep</c>, which the grace period includes.</summary>
    private static int PreStopSeconds(JsonObject pod) =>
        Containers(pod).Select(container => (int?)container["lifecycle"]?["preStop"]?["sleep"]?["seconds"] ?? 0).DefaultIfEmpty().Max();

    // Of two with one name the container's own counts, else that of the later ConfigMap
    // (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables).
    private void TakeVariables(JsonObject pod, string @namespace)
    {
        foreach (var container in Containers(pod).Where(container => container["envFrom"] is JsonArray))
        {
            var sources = container["envFrom"]!.AsArray().Where(source => source!["configMapRef"] is not null).ToArray();
            JsonNode[] own = [.. (container["env"]?.AsArray() ?? []).Select(variable => variable!.DeepClone())];
            var values = new Dictionary<string, JsonNode?>();

            foreach (var source in sources)
            {
                foreach (var (key, value) in ConfigMap((string)source!["configMapRef"]!["name"]!, @namespace)["data"]?.AsObject() ?? [])
                {
                    values[$"{(string?)source["prefix"]}{key}"] = value?.DeepClone();
                }

                container["envFrom"]!.AsArray().Remove(source);
            }

            var others = values.Where(value => own.All(variable => (string?)variable["name"] != value.Key))
                .Select(value => (JsonNode)new JsonObject { ["name"] = value.Key, ["value"] = value.Value });
            container["env"] = new JsonArray([.. others, .. own]);
        }
    }

    private IEnumerable<JsonObject> ConfigMapsOf(JsonObject pod, string @namespace) =>
        (pod["spec"]!["volumes"]?.AsArray() ?? []).Select(volume => (string?)volume!["configMap"]?["name"])
            .OfType<string>()
            .Distinct()
            .Select(name => ConfigMap(name, @namespace));

    private JsonObject ConfigMap(string name, string @namespace) => objects.Find("ConfigMap", @namespace, name)
        ?? throw new PlatformException(
            $"No chart renders the ConfigMap {name} in namespace {@namespace}.", "Render it beside the object that uses it.");

    private IEnumerable<string> AliasesOf(JsonNode template, string @namespace)
    {
        foreach (var service in objects.ServicesOf(template, @namespace))
        {
            var name = RenderedObjects.NameOf(service);

            foreach (var port in service["spec"]!["ports"]!.AsArray())
            {
                if (RenderedObjects.PortOf(template, port!["targetPort"] ?? port["port"]!) is var target && target != (int)port["port"]!)
                {
                    throw new PlatformException(
                        $"Service {name} maps port {port["port"]} to {target}.",
                        "Names in DNS cannot change ports here: give the Service the container's port.");
                }
            }

            yield return name;
            yield return $"{name}.{@namespace}";
            yield return $"{name}.{@namespace}.svc.cluster.local";
        }
    }

    private static string Ready(JsonObject pod)
    {
        var container = Containers(pod).First();

        return container["readinessProbe"] switch
        {
            null => "",
            var probe when probe["httpGet"] is { } http => $"{RenderedObjects.PortOf(pod, http["port"]!)}{http["path"]}",
            var probe when probe["tcpSocket"] is { } tcp => $"{RenderedObjects.PortOf(pod, tcp["port"]!)}",
            _ => throw new PlatformException(
                $"The readiness probe of {container["name"]} is neither httpGet nor tcpSocket.",
                "Use one of these: there is no shell in the images to run an exec probe."),
        };
    }

    private static JsonObject Renamed(JsonObject map, string name)
    {
        var copy = map.DeepClone().AsObject();
        copy["metadata"] = new JsonObject { ["name"] = name };

        return copy;
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod) => RenderedObjects.ContainersOf(pod);

    /// <summary>One change to a rendered pod.</summary>
    public sealed record Edit(string What, string Why, Action<JsonObject, PodNames> Apply);
}
