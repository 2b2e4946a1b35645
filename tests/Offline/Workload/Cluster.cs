using System.Net;
using System.Text.Json.Nodes;
using Causeway.Harness.Kubernetes;

namespace Causeway.Offline.Workload;

/// <summary>A connection, or one end of it: what a sender lets out, what a receiver lets in.</summary>
internal sealed record Reach(string From, string To, string Protocol, int Port)
{
    public override string ToString() => $"{From} → {To} {Protocol} {Port}";
}

/// <summary>
/// Workloads of one environment with everything around them that could talk to them or be talked to: what the environment names, a pod that no contract
/// expects in every namespace, and in a namespace of its own a pod with the labels of each that matters. What may pass is computed from the contracts
/// here; what does pass, from the rendered policies by <see cref="NetworkPolicies"/>.
/// </summary>
/// <param name="workloads">Workloads of one environment.</param>
/// <param name="reach">Folder <c>tests/Fixtures/reach</c>, see <see cref="ResourceReach"/>.</param>
internal sealed class Cluster(IReadOnlyList<ValueSet> workloads, string reach)
{
    private const int ManagementPort = 8081;

    private readonly JsonNode env = workloads[0].Values["env"]!;

    private (Party From, Party To, string Protocol, int Port)[]? trials;

    /// <summary>What the contracts allow: calls, uses, routes, DNS and telemetry, and nothing else.</summary>
    public HashSet<Reach> Allowed()
    {
        var allowed = new HashSet<Reach>();

        foreach (var (workload, name, component) in Components())
        {
            var self = $"{workload.Workload}-{name}";

            void To(IEnumerable<(Party Party, int Port)> receivers, string protocol = "TCP") =>
                allowed.UnionWith(receivers.Select(receiver => new Reach(self, receiver.Party.Name, protocol, receiver.Port)));

            To(Dns());
            To(Dns(), "UDP");
            To(Receivers());
            To(Uses(component).SelectMany(Backends));
            To(Uses(component).Any(use => use.Credentials) ? Identity() : []);

            foreach (var callee in (component["calls"] as JsonArray ?? []).Select(callee => (string)callee!))
            {
                allowed.Add(new Reach(self, $"{workload.Workload}-{callee}", "TCP", PortOf(workload.Values["workload"]!["components"]![callee]!)));
            }

            if (component["routes"] is JsonArray { Count: > 0 })
            {
                allowed.UnionWith(Edge().SelectMany(edge => FromEdge(PortOf(component)).Select(open => new Reach(edge.Name, self, "TCP", open))));
            }
        }

        return allowed;
    }

    /// <summary>The connections that come about under the policies among <paramref name="objects"/>, with a workload's namespace at one end or both.</summary>
    public HashSet<Reach> Open(IEnumerable<JsonObject> objects)
    {
        var policies = new NetworkPolicies(objects);

        return [.. Trials().Where(trial => policies.Allows(trial.From, trial.To, trial.Protocol, trial.Port)).Select(ReachOf)];
    }

    /// <summary>
    /// What each end by itself lets out or in. A connection needs both, so one end that is too generous does not show in
    /// <see cref="Open"/> as long as the other is strict; here it does.
    /// </summary>
    public HashSet<(string Way, Reach Reach)> OpenAtEachEnd(IEnumerable<JsonObject> objects)
    {
        var policies = new NetworkPolicies(objects);

        return
        [
            .. from trial in Trials()
               where IsOurs(trial.From) && policies.LetsOut(trial.From, trial.To, trial.Protocol, trial.Port)
               select ("out", ReachOf(trial)),
            .. from trial in Trials()
               where IsOurs(trial.To) && policies.LetsIn(trial.From, trial.To, trial.Protocol, trial.Port)
               select ("in", ReachOf(trial)),
        ];
    }

    /// <summary>What the contracts allow, at each end that has policies.</summary>
    public HashSet<(string Way, Reach Reach)> AllowedAtEachEnd()
    {
        var ours = Pods().Select(pod => pod.Name).ToHashSet();

        return
        [
            .. Allowed().Where(reach => ours.Contains(reach.From)).Select(reach => ("out", reach)),
            .. Allowed().Where(reach => ours.Contains(reach.To)).Select(reach => ("in", reach)),
        ];
    }

    // The same for every set of policies: computed once.
    private (Party From, Party To, string Protocol, int Port)[] Trials()
    {
        if (trials is not null)
        {
            return trials;
        }

        Party[] parties = [.. Pods().Concat(Around()).DistinctBy(party => party.Name)];
        int[] ports = [.. Ports().Distinct()];

        return trials =
        [
            .. from sender in parties
               from receiver in parties
               where sender != receiver && (IsOurs(sender) || IsOurs(receiver))
               from protocol in new[] { "TCP", "UDP" }
               from port in ports
               select (sender, receiver, protocol, port),
        ];
    }

    private static Reach ReachOf((Party From, Party To, string Protocol, int Port) trial) => new(trial.From.Name, trial.To.Name, trial.Protocol, trial.Port);

    private bool IsOurs(Party party) => workloads.Any(workload => workload.Workload == party.Namespace);

    private IEnumerable<(ValueSet Workload, string Name, JsonNode Component)> Components() =>
        from workload in workloads
        from component in workload.Values["workload"]!["components"]!.AsObject()
        select (workload, component.Key, component.Value!);

    private IEnumerable<Party> Pods() =>
        Components().Select(item => Pod(
            $"{item.Workload.Workload}-{item.Name}",
            item.Workload.Workload,
            ("app.kubernetes.io/name", item.Name),
            ("app.kubernetes.io/instance", item.Workload.Workload)));

    private IEnumerable<Party> Around()
    {
        Party[] known = [.. Dns().Concat(Receivers()).Concat(EveryBackend()).Concat(Identity()).Select(pair => pair.Party), .. Edge()];
        string[] namespaces = [.. known.Concat(Pods()).Select(party => party.Namespace).OfType<string>().Append("elsewhere").Distinct()];

        return
        [
            .. known,
            // Every pod in the edge's namespace is the edge; in any other namespace there may be others.
            .. from name in namespaces
               where name != (string?)env["edge"]!["from"]!["namespace"]
               select Pod($"unexpected pod in {name}", name, ("app", "unexpected")),
            .. from party in known.Concat(Pods())
               where party.Namespace is not null
               select party with { Name = $"pod elsewhere with the labels of {party}", Namespace = "elsewhere" },
            Internet,
            .. from address in (string[])["10.99.0.9", "100.64.0.9", "127.0.0.9", "169.254.169.254", "172.16.0.9", "192.168.0.9"]
               select new Party($"private {address}") { Address = IPAddress.Parse(address) },
        ];
    }

    // With one, 9999, that nothing listens at.
    private IEnumerable<int> Ports() =>
    [
        .. Components().Where(item => item.Component["port"] is not null).Select(item => PortOf(item.Component)),
        .. Dns().Concat(Receivers()).Concat(EveryBackend()).Select(pair => pair.Port), ManagementPort, 80, 9999,
    ];

    private IEnumerable<(Party Party, int Port)> Dns() => [(Pod("dns", "kube-system", ("k8s-app", "kube-dns")), 53)];

    private IEnumerable<(Party Party, int Port)> Receivers() =>
        new[] { env["telemetry"]!["metrics"], env["telemetry"]!["traces"] }.OfType<JsonNode>().Select(App);

    private static Party Internet => new("the internet") { Address = IPAddress.Parse("203.0.113.9") };

    private IEnumerable<ResourceReach> Uses(JsonNode component) =>
        (component["uses"] as JsonObject ?? []).Select(use => use.Key.Split('/')[^2]).Distinct().Select(kind => ResourceReach.Of(reach, env, kind));

    private static IEnumerable<(Party Party, int Port)> Backends(ResourceReach use) =>
        use.StandIn is { } standIn ? [App(standIn)] : use.PublicPorts.Select(port => (Internet, port));

    // What any component of the environment could use, so that one that does not use it is tried against it, too.
    private IEnumerable<(Party Party, int Port)> EveryBackend() =>
    [
        .. (env["backends"] as JsonObject ?? []).Select(backend => App(backend.Value!["standIn"]!)),
        .. Components().SelectMany(item => Uses(item.Component)).SelectMany(Backends),
    ];

    // EKS Pod Identity: where a pod gets its service account's credentials from.
    private IEnumerable<(Party Party, int Port)> Identity() =>
        (string?)env["kind"] == "aws" ? [(new Party("pod identity") { Address = IPAddress.Parse("169.254.170.23") }, 80)] : [];

    private IEnumerable<Party> Edge() => env["edge"]!["from"]!["namespace"] is { } name
        ? [Pod("edge", (string)name!, ("app", "edge"))]
        : Addresses("edge", env["edge"]!["from"]!["cidrs"]!);

    // Only the edge of an environment of kind local asks at the management port whether a pod is ready.
    private int[] FromEdge(int port) => (string?)env["kind"] == "local" ? [port, ManagementPort] : [port];

    private static (Party, int) App(JsonNode app) =>
        (Pod((string)app["app"]!, (string)app["namespace"]!, ("app.kubernetes.io/name", (string)app["app"]!)), PortOf(app));

    /// <summary>One address out of each range.</summary>
    private static IEnumerable<Party> Addresses(string name, JsonNode cidrs) => cidrs.AsArray().Select(cidr =>
    {
        var address = IPNetwork.Parse((string)cidr!).BaseAddress.GetAddressBytes();
        address[^1] += 9;

        return new Party($"{name} {cidr}") { Address = new IPAddress(address) };
    });

    private static int PortOf(JsonNode item) => int.Parse(item["port"]!.ToString());

    private static Party Pod(string name, string inNamespace, params (string Key, string Value)[] labels) =>
        new(name) { Namespace = inNamespace, Labels = labels.ToDictionary(label => label.Key, label => label.Value) };
}
