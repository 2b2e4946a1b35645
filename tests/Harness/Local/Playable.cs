using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>
/// Turns what Helm rendered into what <c>podman kube play</c> can run. Every edit the runtime makes is in <see cref="Edits"/>,
/// every kind of object it can deal with in <see cref="Kinds"/>; anything else is an error, so nothing is dropped in silence.
/// </summary>
public sealed class Playable(Instance instance, IReadOnlyList<JsonObject> objects)
{
    /// <summary>What becomes of each kind of object.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["Deployment"] = "played as one Pod per replica",
        ["ConfigMap"] = "played with the pods that use it",
        ["PersistentVolumeClaim"] = "played as a volume of podman, removed by `down`",
        ["Service"] = "played as names in the network's DNS, which lists every running pod, ready or not",
        ["Ingress"] = "played as routes of the edge",
        ["HorizontalPodAutoscaler"] = "gives the number of replicas, its minimum; nothing scales here",
        ["ServiceAccount"] = "not played: pods have no API server to talk to",
        ["PodDisruptionBudget"] = "not played: nothing evicts pods here; `up` replaces them one by one",
        ["NetworkPolicy"] = "not enforced: the offline tests prove who may reach whom",
    };

    /// <summary>Every change made to a rendered pod before it is played, with the reason.</summary>
    public static IReadOnlyList<Edit> Edits { get; } =
    [
        new("name", "pods of several instances live side by side", (pod, its) => pod["metadata"]!["name"] = its.PodName),
        new("labels", "podman filters by label of the pod", (pod, its) => pod["metadata"]!["labels"] ??= new JsonObject()),
        new("annotations", "podman takes none longer than 63 characters, and nothing here reads them", (pod, _) => pod["metadata"]!.AsObject().Remove("annotations")),
        new("restart policy", "a Deployment's pods are always restarted; a Pod played alone must say so", (pod, _) => pod["spec"]!["restartPolicy"] = "Always"),
        new("ports", "kube play publishes every containerPort on the machine: only those with a hostPort stay", (pod, _) =>
        {
            foreach (var container in Containers(pod).Where(container => container["ports"] is JsonArray))
            {
                JsonNode[] published = [.. container["ports"]!.AsArray().Where(port => port!["hostPort"] is not null).Select(port => port!.DeepClone())];
                container["ports"] = new JsonArray(published);
            }
        }),
        new("probes", "podman's health checks need systemd timers: the runtime waits for readiness itself, the edge asks every 0.5 s, liveness goes unchecked", (pod, _) =>
        {
            foreach (var container in Containers(pod))
            {
                container.Remove("startupProbe");
                container.Remove("livenessProbe");
                container.Remove("readinessProbe");
            }
        }),
        new("lifecycle", "preStop.sleep waits until a cluster's nodes have forgotten the pod; here the edge asks readiness instead, and the grace period is shorter by that sleep", (pod, _) =>
        {
            foreach (var container in Containers(pod))
            {
                container.Remove("lifecycle");
            }
        }),
        new("volume names", "kube play makes machine-wide volumes of emptyDir and ConfigMap volumes: each gets the pod's name", (pod, its) =>
        {
            foreach (var mount in Containers(pod).SelectMany(container => container["volumeMounts"]?.AsArray() ?? []))
            {
                mount!["name"] = its.VolumeName((string)mount["name"]!);
            }

            foreach (var volume in pod["spec"]!["volumes"]?.AsArray() ?? [])
            {
                volume!["name"] = its.VolumeName((string)volume["name"]!);

                if (volume["configMap"] is JsonObject map)
                {
                    map["name"] = its.ConfigMapName((string)map["name"]!);
                }

                if (volume["persistentVolumeClaim"] is JsonObject claim)
                {
                    claim["claimName"] = its.ClaimName((string)claim["claimName"]!);
                }
            }
        }),
        new("ConfigMap names", "a mounted ConfigMap becomes a machine-wide volume of its name: each gets the pod's name", (pod, its) =>
        {
            foreach (var source in Containers(pod).SelectMany(container => container["envFrom"]?.AsArray() ?? []).Where(source => source!["configMapRef"] is not null))
            {
                source!["configMapRef"]!["name"] = its.ConfigMapName((string)source["configMapRef"]!["name"]!);
            }
        }),
    ];

    /// <summary>What was done to which object, for <c>--verbose</c>: one line each, the kinds that cannot be played among them.</summary>
    public IReadOnlyList<string> Report() =>
    [
        .. Edits.Select(edit => $"edit of every pod: {edit.What}: {edit.Why}"),
        .. objects.Select(o => $"{Kind(o)} {Name(o)}: {Kinds.GetValueOrDefault(Kind(o), "unknown")}"),
    ];

    /// <summary>How many objects have no effect here: they are named by <see cref="Report"/>.</summary>
    public int NotPlayed => objects.Count(o => Kinds.GetValueOrDefault(Kind(o))?.StartsWith("not ", StringComparison.Ordinal) is true);

    /// <summary>The pods to play, in the order of their Deployments.</summary>
    /// <exception cref="PlatformException">An object cannot be played and no rule says what to do with it.</exception>
    public IReadOnlyList<PlayablePod> Pods()
    {
        if (objects.FirstOrDefault(o => !Kinds.ContainsKey(Kind(o))) is { } unknown)
        {
            throw new PlatformException(
                $"{Kind(unknown)} {Name(unknown)} cannot be played.",
                $"The local runtime knows {string.Join(", ", Kinds.Keys)}. Render another kind only outside environments of kind `local`, or teach tests/Harness/Local/Playable.cs what to do with it.");
        }

        return [.. Of("Deployment").SelectMany(PodsOf)];
    }

    private IEnumerable<PlayablePod> PodsOf(JsonObject deployment)
    {
        var template = deployment["spec"]!["template"]!;
        var @namespace = Namespace(deployment);
        var replicas = Of("HorizontalPodAutoscaler").SingleOrDefault(scaler => (string)scaler["spec"]!["scaleTargetRef"]!["name"]! == Name(deployment) && Namespace(scaler) == @namespace) is { } scaler
            ? (int)scaler["spec"]!["minReplicas"]!
            : (int?)deployment["spec"]!["replicas"] ?? 1;

        for (var replica = 0; replica < replicas; replica++)
        {
            var its = new Its(instance, Name(deployment), replica);
            var pod = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Pod",
                ["metadata"] = template["metadata"]?.DeepClone() ?? new JsonObject(),
                ["spec"] = template["spec"]!.DeepClone(),
            };
            var ready = Ready(pod);
            var grace = ((int?)pod["spec"]!["terminationGracePeriodSeconds"] ?? 30) - PreStopSeconds(pod);

            // ConfigMaps are looked up before the edits change the names they are referred to by.
            JsonObject[] maps = [.. ConfigMapsOf(pod, @namespace).Select(map => Renamed(map, its.ConfigMapName(Name(map))))];
            string[] claims = [.. (pod["spec"]!["volumes"]?.AsArray() ?? []).Select(volume => (string?)volume!["persistentVolumeClaim"]?["claimName"]).OfType<string>().Select(its.ClaimName)];

            foreach (var edit in Edits)
            {
                edit.Apply(pod, its);
            }

            yield return new PlayablePod(its.PodName, Name(deployment), [.. maps, pod], [.. AliasesOf(template, @namespace)], claims, ready, grace);
        }
    }

    /// <summary>Seconds of <c>preStop.sleep</c>, which the grace period includes.</summary>
    private static int PreStopSeconds(JsonObject pod) =>
        Containers(pod).Select(container => (int?)container["lifecycle"]?["preStop"]?["sleep"]?["seconds"] ?? 0).DefaultIfEmpty().Max();

    private IEnumerable<JsonObject> ConfigMapsOf(JsonObject pod, string @namespace)
    {
        var mounted = (pod["spec"]!["volumes"]?.AsArray() ?? []).Select(volume => (string?)volume!["configMap"]?["name"]);
        var read = Containers(pod).SelectMany(container => container["envFrom"]?.AsArray() ?? []).Select(source => (string?)source!["configMapRef"]?["name"]);

        foreach (var name in mounted.Concat(read).OfType<string>().Distinct())
        {
            yield return Of("ConfigMap").SingleOrDefault(map => Name(map) == name && Namespace(map) == @namespace)
                ?? throw new PlatformException($"No chart renders the ConfigMap {name} in namespace {@namespace}.", "Render it beside the Deployment that uses it.");
        }
    }

    private IEnumerable<string> AliasesOf(JsonNode template, string @namespace)
    {
        var labels = template["metadata"]?["labels"]?.AsObject() ?? [];

        foreach (var service in Of("Service").Where(service => Namespace(service) == @namespace))
        {
            if (!service["spec"]!["selector"]!.AsObject().All(wanted => (string?)labels[wanted.Key] == (string?)wanted.Value))
            {
                continue;
            }

            foreach (var port in service["spec"]!["ports"]!.AsArray())
            {
                if (TargetPort(template, port!) is var target && target != (int)port!["port"]!)
                {
                    throw new PlatformException(
                        $"Service {Name(service)} maps port {port["port"]} to {target}.", "Names in DNS cannot change ports here: give the Service the container's port.");
                }
            }

            yield return Name(service);
            yield return $"{Name(service)}.{@namespace}";
            yield return $"{Name(service)}.{@namespace}.svc.cluster.local";
        }
    }

    private static int TargetPort(JsonNode template, JsonNode port) => port["targetPort"] switch
    {
        null => (int)port["port"]!,
        JsonValue value when value.TryGetValue<string>(out var name) => PortNamed(template, name),
        var number => (int)number,
    };

    private static int PortNamed(JsonNode template, string name) =>
        template["spec"]!["containers"]!.AsArray()
            .SelectMany(container => container!["ports"]?.AsArray() ?? [])
            .Where(port => (string?)port!["name"] == name)
            .Select(port => (int?)port!["containerPort"])
            .FirstOrDefault() ?? throw new PlatformException($"No container has a port named {name}.", "Name the container's port, or give the Service a number.");

    private static string Ready(JsonObject pod)
    {
        var container = Containers(pod).First();

        int Port(JsonNode port) => port.AsValue().TryGetValue<string>(out var name) ? PortNamed(pod, name) : (int)port;

        return container["readinessProbe"] switch
        {
            null => "",
            var probe when probe["httpGet"] is { } http => $"{Port(http["port"]!)}{http["path"]}",
            var probe when probe["tcpSocket"] is { } tcp => $"{Port(tcp["port"]!)}",
            _ => throw new PlatformException($"The readiness probe of {container["name"]} is neither httpGet nor tcpSocket.", "Use one of these: there is no shell in the images to run an exec probe."),
        };
    }

    private static JsonObject Renamed(JsonObject map, string name)
    {
        var copy = map.DeepClone().AsObject();
        copy["metadata"] = new JsonObject { ["name"] = name };

        return copy;
    }

    private IEnumerable<JsonObject> Of(string kind) => objects.Where(o => Kind(o) == kind);

    private static IEnumerable<JsonObject> Containers(JsonObject pod) =>
        (pod["spec"]!["initContainers"]?.AsArray() ?? []).Concat(pod["spec"]!["containers"]!.AsArray()).Cast<JsonObject>();

    private static string Kind(JsonObject o) => (string?)o["kind"] ?? "object without kind";

    private static string Name(JsonObject o) => (string)o["metadata"]!["name"]!;

    private static string Namespace(JsonObject o) => (string?)o["metadata"]!["namespace"] ?? "default";

    /// <summary>The names a pod and its parts get on this machine.</summary>
    public sealed record Its(Instance Instance, string Deployment, int Replica)
    {
        public string PodName => $"{Instance.Prefix}{Deployment}-{Replica}";

        public string VolumeName(string volume) => $"{PodName}-{volume}";

        public string ConfigMapName(string map) => $"{PodName}-{map}";

        public string ClaimName(string claim) => $"{Instance.Prefix}{claim}";
    }

    /// <summary>One change to a rendered pod.</summary>
    public sealed record Edit(string What, string Why, Action<JsonObject, Its> Apply);
}
