using System.Text.Json.Nodes;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Resources;
using Causeway.Harness.Tools;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>An object of the platform in a cluster, and how far its roll-out is.</summary>
public sealed record ClusterPart(WantedRollout Which, RolloutVerdict Verdict);

/// <summary>
/// An environment of kind <c>local</c> in a real cluster: the same charts and values as on this machine, installed by Helm, waited for as the API reports
/// it, and proven by the same transactions through port-forwards. <see cref="UpAsync"/> and <see cref="DownAsync"/> may be repeated and interrupted.
/// </summary>
public sealed class ClusterPlatform : IDisposable
{
    private readonly Repository repository;
    private readonly ClusterOptions options;
    private readonly ISteps steps;
    private readonly ToolBox tools;
    private readonly HelmTool helmTool;
    private readonly HelmReleases helm;
    private readonly IKubernetes cluster;
    private readonly ClusterNamespaces namespaces;
    private readonly string state;

    /// <exception cref="UsageException">There is no such kubeconfig, context or environment, or the environment is not of kind <c>local</c>.</exception>
    public ClusterPlatform(Repository repository, ClusterOptions options, ISteps steps)
    {
        this.repository = repository;
        this.options = options;
        this.steps = steps;
        Context = KubeconfigContext.Find(options.Kubeconfig, options.Context);
        ExpectLocal(repository, options.Environment);
        state = Path.Combine(repository.Cache, "clusters", Fingerprint.Of(Context.Kubeconfig, Context.Name, options.Environment)[..8]);
        Directory.CreateDirectory(state);
        tools = new ToolBox(repository, ToolManifest.Load(repository));
        helmTool = new HelmTool(tools);
        helm = new HelmReleases(tools.Helm, Context);
        cluster = Context.Connect();
        namespaces = new ClusterNamespaces(cluster, options.Environment, TimeProvider.System);
    }

    public KubeconfigContext Context { get; }

    public void Dispose() => cluster.Dispose();

    /// <summary>Builds what changed, brings the images to the nodes, installs everything, and proves it by one transaction through each workload.</summary>
    /// <returns>The namespaces, the edge's last.</returns>
    /// <exception cref="PlatformException">Something failed that the user can fix.</exception>
    /// <exception cref="UsageException">The cluster is not one for this.</exception>
    public Task<IReadOnlyList<string>> UpAsync(CancellationToken stop) => GuardedAsync("bringing it up", async () =>
    {
        ClusterCheck.ExpectNotProduction(Context, options.Confirmed);
        await new Preparation(tools, steps).RunAsync(stop);
        var podman = new Podman(repository, new Instance("cluster"));
        var renderer = new Renderer(repository, helmTool, state, options.Environment) { Registry = options.Registry ?? Images.Registry, InCluster = true };
        IReadOnlyList<StandInChart> standIns = renderer.StandIns();
        string[] all = [.. renderer.Workloads.Concat(standIns.OrderBy(chart => chart.Name == Renderer.EdgeChart).Select(chart => chart.Namespace)).Distinct()];
        IReadOnlyList<V1Node> nodes = [];
        await steps.RunAsync("Ask the cluster", async _ =>
        {
            var facts = await ClusterCheck.AskAsync(cluster, Context, stop);
            nodes = facts.Nodes;
            ClusterCheck.ExpectVersion(
                facts.Version, standIns.Select(chart => chart.Name).Append("workload").Select(name => repository.PathTo("helm", "charts", name)));
            await namespaces.ExpectOursAsync(all, stop);
            ClusterCheck.ExpectNotPending((await Task.WhenAll(all.Select(name => helm.ListAsync(name, stop)))).SelectMany(listed => listed), Context);

            return $"Kubernetes {facts.Version}, {nodes.Count} {(nodes.Count == 1 ? "node" : "nodes")}, context {Context.Name}";
        });
        var carrier = new ClusterImages(podman, Context, nodes, options.Registry, state);
        carrier.ExpectPossible();
        string[] needed = [.. standIns.SelectMany(chart => chart.Images).Concat(renderer.Projects().Select(project => project.Image)).Distinct()];
        var built = await new Images(repository, tools, podman, steps).BuildAsync([.. standIns.SelectMany(chart => chart.Images)], renderer.Projects(), stop);
        IReadOnlyDictionary<string, string> images = built;
        await steps.RunAsync("Bring the images to the nodes", async progress =>
        {
            (images, var done) = await carrier.BringAsync(built, needed, progress, stop);

            return done;
        });
        await steps.RunAsync("Make the namespaces", async _ =>
            await namespaces.EnsureAsync(all, options.Deadline, stop) is > 0 and var made ? $"{made} of {all.Length}" : "all there");

        var rendered = await renderer.RenderAsync(images, stop);
        await InstallAsync("Install the stand-ins", await renderer.StandInReleasesAsync(images, stop), rendered.StandIns, stop);
        await steps.RunAsync("Create resources", _ => CreateResourcesAsync(renderer, stop));
        await InstallAsync("Install the workloads", renderer.WorkloadReleases(images), rendered.Workloads, stop);
        var routing = Edge.Values(rendered.All, await AddressesAsync(rendered.All, stop));

        if (renderer.EdgeRelease(images, routing) is { } edge)
        {
            await InstallAsync("Install the edge", [edge], await helmTool.TemplateAsync(edge, stop), stop);
            await ProveAsync(renderer, edge.Namespace, rendered.All, stop);
        }

        return (IReadOnlyList<string>)all;
    }, stop);

    /// <summary>Removes everything of the environment from the cluster, and waits until it is gone.</summary>
    /// <returns>The namespaces that were removed; none where there was nothing.</returns>
    /// <exception cref="PlatformException">A namespace hangs, or the cluster cannot be asked.</exception>
    public Task<IReadOnlyList<string>> DownAsync(CancellationToken stop) => GuardedAsync("taking it down", async () =>
    {
        await tools.FetchNpmAsync(stop);
        await ClusterCheck.AskAsync(cluster, Context, stop);
        var ours = await namespaces.ListAsync(stop);

        if (ours.Count > 0)
        {
            await steps.RunAsync("Uninstall the releases", async progress =>
            {
                var releases = (await Task.WhenAll(ours.Select(name => helm.ListAsync(name, stop)))).SelectMany(listed => listed).ToArray();

                foreach (var release in releases)
                {
                    progress(release.Name);
                    await helm.UninstallAsync(release, stop);
                }

                return releases is [] ? "none" : string.Join(", ", releases.Select(release => release.Name));
            });
            await steps.RunAsync("Delete the namespaces", async progress =>
            {
                await namespaces.DeleteAsync(ours, options.Deadline, progress, stop);

                return string.Join(", ", ours);
            });
        }

        return ours;
    }, stop);

    /// <summary>Everything of the environment that rolls out, as it is now; nothing where it is down.</summary>
    /// <exception cref="PlatformException">The cluster cannot be asked.</exception>
    public Task<IReadOnlyList<ClusterPart>> StatusAsync(CancellationToken stop) => GuardedAsync<IReadOnlyList<ClusterPart>>(null, async () =>
    {
        await ClusterCheck.AskAsync(cluster, Context, stop);
        var parts = new List<ClusterPart>();

        foreach (var name in await namespaces.ListAsync(stop))
        {
            foreach (var kind in Rollout.Kinds)
            {
                parts.AddRange((await ApiFeeds.NowAsync(cluster, kind, name, stop))
                    .Select(item => new ClusterPart(new(kind, name, item.Metadata.Name), Rollout.Of(item))));
            }
        }

        return parts;
    }, stop);

    /// <summary>A port of this machine that leads to a Service's pods.</summary>
    /// <param name="port">Port of the pods; null: the one that the Service's first port leads to.</param>
    /// <exception cref="PlatformException">There is no such Service, or none of its pods is ready.</exception>
    public async Task<LoopbackPort> ForwardAsync(string @namespace, string service, int? port, CancellationToken stop) =>
        new(await PortForward.ToServiceAsync(cluster, @namespace, service, port, stop, ownsCluster: false));

    /// <exception cref="UsageException">It is not an environment of kind <c>local</c>.</exception>
    private static void ExpectLocal(Repository repository, string environment)
    {
        string[] local = [.. repository.Environments().Where(name => (string?)ReleaseRenderer.Facts(repository, name)["kind"] is "local")];

        if (!local.Contains(environment))
        {
            throw new UsageException(
                $"`up --cluster` installs an environment of kind local, and {environment} is not one.",
                $"Environments of that kind: {string.Join(", ", local)}. Any other is installed by Argo CD: docs/gitops.md.");
        }
    }

    private Task InstallAsync(string title, IReadOnlyList<HelmRelease> releases, IReadOnlyList<JsonObject> objects, CancellationToken stop) =>
        steps.RunAsync(title, async progress =>
        {
            var wanted = Wanted(objects);
            await using var events = await EventFollower.StartAsync(cluster, [.. releases.Select(release => release.Namespace).Distinct()], steps, stop);

            foreach (var release in releases)
            {
                progress($"helm upgrade --install {release.Name}");
                await helm.UpgradeAsync(release, stop);
            }

            await new RolloutWatch(cluster, events, options.Deadline, TimeProvider.System).WaitAsync(wanted, progress, stop);

            return string.Join(", ", wanted.Select(one => one.Name));
        });

    /// <summary>What of rendered objects rolls out.</summary>
    public static IReadOnlyList<WantedRollout> Wanted(IReadOnlyList<JsonObject> objects) =>
    [
        .. from item in objects
           where Rollout.Kinds.Contains(RenderedObjects.KindOf(item))
           select new WantedRollout(RenderedObjects.KindOf(item), RenderedObjects.NamespaceOf(item), RenderedObjects.NameOf(item)),
    ];

    // The stand-ins are asked through ports of this machine.
    private async Task<string> CreateResourcesAsync(Renderer renderer, CancellationToken stop)
    {
        var ports = new List<LoopbackPort>();

        try
        {
            return await WantedResources.CreateAsync(renderer, async kind =>
            {
                var standIn = renderer.Facts["backends"]?[kind]?["standIn"] ?? throw new PlatformException(
                    $"Environment {options.Environment} has no stand-in for `{kind}`.",
                    $"Add env.backends.{kind} to terraform/envs/{options.Environment}/env.yaml.");
                ports.Add(await ForwardAsync((string)standIn["namespace"]!, (string)standIn["app"]!, (int)standIn["port"]!, stop));

                return ResourceKinds.Open(kind, new StandIn("127.0.0.1", ports[^1].Port, (string)renderer.Facts["region"]!));
            }, stop);
        }
        finally
        {
            foreach (var port in ports)
            {
                await port.DisposeAsync();
            }
        }
    }

    private async Task<Func<string, string, string>> AddressesAsync(RenderedObjects objects, CancellationToken stop)
    {
        var addresses = new Dictionary<(string, string), string>();

        foreach (var (space, service) in Edge.Services(objects))
        {
            var spec = (await cluster.CoreV1.ReadNamespacedServiceAsync(service, space, cancellationToken: stop)).Spec;
            addresses[(space, service)] = (spec.ClusterIPs ?? [spec.ClusterIP]).FirstOrDefault(address => address?.Contains('.') is true)
                ?? throw new PlatformException(
                    $"Service {space}/{service} has no IPv4 address in the cluster.", "Use a cluster with IPv4, or with both: the edge is told addresses.");
        }

        return (space, service) => addresses[(space, service)];
    }

    private async Task ProveAsync(Renderer renderer, string edgeNamespace, RenderedObjects objects, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        var prometheus = objects.Of("Service").Single(service => RenderedObjects.NameOf(service) == "prometheus");
        await using var edge = await ForwardAsync(edgeNamespace, Renderer.EdgeChart, null, stop);
        await using var metrics = await ForwardAsync(RenderedObjects.NamespaceOf(prometheus), "prometheus", null, stop);

        foreach (var workload in renderer.Workloads)
        {
            if (Transaction.Find(repository, workload) is not { } transaction)
            {
                continue;
            }

            await steps.RunAsync($"Run a transaction through {workload}", async _ =>
            {
                var ports = new Dictionary<string, LoopbackPort>();

                try
                {
                    foreach (var (component, _) in renderer.Contract(workload)["components"]!.AsObject())
                    {
                        if (objects.Find("Service", workload, $"{workload}-{component}") is not null)
                        {
                            ports[component] = await ForwardAsync(workload, $"{workload}-{component}", null, stop);
                        }
                    }

                    return await new Proof(renderer.Contract(workload), transaction, edge.Address, metrics.Address)
                    {
                        EdgeLog = $"`kubectl --namespace {edgeNamespace} logs deployment/{Renderer.EdgeChart}`",
                    }.RunAsync(component => ports[component].Address, http, stop);
                }
                catch (Exception error) when (error is PlatformException or HttpRequestException
                    || (error is OperationCanceledException && !stop.IsCancellationRequested))
                {
                    throw await WithLogsAsync(workload, error, stop);
                }
                finally
                {
                    foreach (var port in ports.Values)
                    {
                        await port.DisposeAsync();
                    }
                }
            });
        }
    }

    private async Task<PlatformException> WithLogsAsync(string workload, Exception error, CancellationToken stop)
    {
        var logs = new List<string?> { (error as PlatformException)?.Log };

        foreach (var pod in (await cluster.CoreV1.ListNamespacedPodAsync(workload, cancellationToken: stop)).Items)
        {
            logs.AddRange(await PodLogs.LastAsync(cluster, pod, 5, stop));
        }

        return new PlatformException(
            error is OperationCanceledException ? $"{workload} did not answer in time." : error.Message,
            (error as PlatformException)?.Remedy ?? $"Read the last log lines above; `kubectl --namespace {workload} get pods` shows the pods.",
            string.Join('\n', logs.OfType<string>()),
            error);
    }

    // One command at a time works on an environment in a cluster; what the API refuses is said in its own words.
    private async Task<T> GuardedAsync<T>(string? purpose, Func<Task<T>> work, CancellationToken stop)
    {
        try
        {
            using var one = purpose is null ? null : await FileLock.TakeAsync(Path.Combine(state, "lock"), purpose, TimeSpan.FromSeconds(2), stop);

            return await work();
        }
        catch (TimeoutException held)
        {
            throw new PlatformException($"Another command is working on context {Context.Name}.", held.Message, inner: held);
        }
        catch (HttpOperationException refused)
        {
            throw new PlatformException(
                $"The cluster refused {refused.Request.Method} {refused.Request.RequestUri?.AbsolutePath}: {(int)refused.Response.StatusCode}.",
                "Its own words are above. Be allowed to make namespaces and everything in them, and run the command again.",
                refused.Response.Content,
                refused);
        }
        catch (HttpRequestException away)
        {
            throw new PlatformException(
                $"The API server of context {Context.Name} does not answer any more.", "Run the command again once it does: it goes on where this stopped.",
                away.Message, away);
        }
    }
}
