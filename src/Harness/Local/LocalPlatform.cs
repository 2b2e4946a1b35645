using System.Text.Json.Nodes;
using Causeway.Harness.Helm;
using Causeway.Harness.Local.Ecs;
using Causeway.Harness.Local.Resources;
using Causeway.Harness.Local.Traffic;
using Causeway.Harness.Terraform;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Local;

/// <summary>
/// The environment <c>local</c> as real containers on this machine: what Helm rendered, or what Terraform plans for ECS, played by podman on a network of
/// its own.
/// <see cref="UpAsync"/> and <see cref="DownAsync"/> may be repeated and interrupted at any point.
/// </summary>
public sealed class LocalPlatform
{
    // How old a list of pods may be while they are waited for.
    private static readonly TimeSpan Listing = TimeSpan.FromSeconds(1);

    private readonly Repository repository;
    private readonly ISteps steps;
    private readonly ToolBox tools;
    private readonly Podman podman;
    private readonly Renderer renderer;
    private readonly PlatformOptions options;
    private readonly FaultJournal journal;
    private readonly string state;
    private readonly string ports;
    private readonly string runtime;
    private IReadOnlyDictionary<string, string>? images;
    private IReadOnlyDictionary<string, string> others = new Dictionary<string, string>();
    private RenderedObjects? own;

    public LocalPlatform(Repository repository, PlatformOptions options, ISteps steps)
    {
        this.repository = repository;
        this.steps = steps;
        state = Path.Combine(repository.Cache, "instances", options.Instance.Name);
        Directory.CreateDirectory(state);
        ports = Path.Combine(state, "ports.json");
        runtime = Path.Combine(state, "runtime");
        this.options = options;
        tools = new ToolBox(repository, ToolManifest.Load(repository));
        podman = new Podman(repository, options.Instance);
        renderer = new Renderer(repository, new HelmTool(tools), state) { RuleSpeed = options.RuleSpeed };
        journal = new FaultJournal(Path.Combine(state, "faults"));
        Reconciler = new PodReconciler(this, podman, steps);
        Faults = new Faults(this, podman, journal, Path.Combine(state, "logs"));
    }

    public Instance Instance => options.Instance;

    /// <summary>Where it answers; nowhere while it is down.</summary>
    public PlatformAddresses Addresses => new(HostPorts.Read(ports));

    /// <summary>Which rendering of the workloads it runs, or will: as asked for, else as it was brought up last, else that for Kubernetes.</summary>
    public LocalRuntime Runtime =>
        options.Runtime ?? (File.Exists(runtime) && Enum.TryParse(File.ReadAllText(runtime), out LocalRuntime last) ? last : LocalRuntime.Kubernetes);

    /// <summary>
    /// What leads to workloads, as it was rendered last: addresses that a program on this machine can ask. Empty before <see cref="UpAsync"/>.
    /// </summary>
    public IReadOnlyList<Uri> Routes { get; private set; } = [];

    /// <summary>What the environment's file says.</summary>
    public JsonObject Facts => renderer.Facts;

    /// <summary>Names of a workload's components.</summary>
    public IReadOnlyList<string> ComponentsOf(string workload) => [.. renderer.Contract(workload)["components"]!.AsObject().Select(component => component.Key)];

    /// <summary>What runs, as it was rendered last: the workloads, and with them the stand-ins. Null before <see cref="UpAsync"/>.</summary>
    public RenderedObjects? Objects { get; private set; }

    /// <summary>Terraform's plan of every workload as it would be in the cloud with the images that run; see <see cref="EcsPlans"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not brought up by this object.</exception>
    public Task<IReadOnlyDictionary<string, Plan>> PlansAsync(CancellationToken stop) => new EcsPlans(repository, steps)
        .OfAsync(images ?? throw new InvalidOperationException("Bring the platform up first."), stop);

    /// <summary>Begins to record what goes over the instance's network; before <see cref="UpAsync"/>, it misses nothing.</summary>
    /// <exception cref="PlatformException">A tool is missing.</exception>
    public async Task<TrafficRecorder> RecordTrafficAsync(CancellationToken stop)
    {
        await PrepareAsync(stop);
        await podman.EnsureAsync("network", Instance.Network, stop);
        var subnet = (string)(await podman.JsonAsync(stop, "network", "inspect", Instance.Network))[0]!["subnets"]![0]!["subnet"]!;
        var services = (renderer.Facts["backends"]?.AsObject() ?? []).Select(backend => (int)backend.Value!["standIn"]!["port"]!).ToHashSet();

        return await TrafficRecorder.StartAsync(Instance, subnet, services, PodsAsync, stop);
    }

    /// <summary>Ways to break what runs.</summary>
    public Faults Faults { get; }

    internal PodReconciler Reconciler { get; }

    /// <summary>Installs what is missing, builds what changed, plays what is not running yet, and proves it by one transaction through each workload.</summary>
    /// <exception cref="PlatformException">Something failed that the user can fix.</exception>
    public async Task<PlatformAddresses> UpAsync(CancellationToken stop)
    {
        using var one = await LockAsync("bringing it up", stop);
        await PrepareAsync(stop);
        (await Faults.RevertLeftAsync()).ToList().ForEach(left => steps.Detail($"reverted a fault that a killed run left: {left}"));
        images = await new Images(repository, tools, podman, steps)
            .BuildAsync([.. renderer.StandIns().SelectMany(chart => chart.Images)], renderer.Projects(), stop);
        var network = await EnsureNetworkAsync(stop);
        var plans = Runtime is LocalRuntime.Ecs ? await new EcsPlans(repository, steps).OfAsync(images, stop) : null;
        Rendered? rendered = null;
        IReadOnlyList<JsonObject> edge = [];

        await steps.RunAsync("Render the charts", async _ =>
        {
            rendered = await renderer.RenderAsync(images, stop);
            var onEcs = plans is null ? null : new EcsWorkloads(plans, rendered.Workloads);
            rendered = onEcs is null ? rendered : rendered with { Workloads = onEcs.Objects };
            (Objects, own, others) = (rendered.All, null, new Dictionary<string, string>());
            onEcs?.Report.ToList().ForEach(steps.Detail);
            edge = await renderer.RenderEdgeAsync(rendered, network, images, stop);
            var all = new RenderedObjects([.. rendered.All.All, .. edge]);
            var chosen = HostPorts.Choose(
                HostPorts.DeclaredIn(all),
                Instance,
                HostPorts.Read(ports),
                options.EdgePort is { } port ? new Dictionary<string, int> { [Renderer.EdgeChart] = port } : []);
            HostPorts.Write(ports, chosen);
            await File.WriteAllTextAsync(runtime, $"{Runtime}", stop);
            Routes = [.. Edge.Routes(rendered.All).Select(route => new UriBuilder(Addresses.Edge) { Host = route.Host ?? "localhost", Path = route.Path }.Uri)];
            var playable = new Playable(Instance, all, chosen);
            playable.Report().ToList().ForEach(steps.Detail);

            var summary = $"{all.All.Count} objects, {playable.NotPlayed} of them without effect here (--verbose names them)";

            return onEcs is null ? summary : $"{summary}; {onEcs.Summary}";
        });

        await PlayAsync(rendered!, edge, stop);
        await ProveAsync(stop);

        return Addresses;
    }

    /// <summary>Removes every container, network, volume and process of the instance, whatever state it is in.</summary>
    /// <returns>What was removed, in words; empty when there was nothing.</returns>
    public async Task<IReadOnlyList<string>> DownAsync(CancellationToken stop)
    {
        using var one = await LockAsync("taking it down", stop);
        await journal.RevertLeftAsync(all: true);
        var removed = await new InstanceCleanup(podman).RunAsync(stop);
        File.Delete(ports);
        File.Delete(runtime);

        return removed;
    }

    /// <summary>Removes the images built here, but those that another instance uses; returns how many went and how many stayed.</summary>
    public Task<(int Removed, int Kept)> RemoveImagesAsync(CancellationToken stop) => new Images(repository, tools, podman, steps).RemoveAllAsync(stop);

    /// <summary>The instance's pods as they are now.</summary>
    public Task<IReadOnlyList<RunningPod>> PodsAsync(CancellationToken stop) => RunningPod.ListAsync(podman, stop);

    /// <summary>The running pods that an object makes.</summary>
    /// <param name="owner">Its name, for example a Deployment's.</param>
    /// <exception cref="PlatformException">None runs.</exception>
    public async Task<IReadOnlyList<RunningPod>> PodsOfAsync(string owner, CancellationToken stop) =>
        (await PodsAsync(stop)).Where(pod => pod.Owner == owner && pod.IsRunning).ToArray() is { Length: > 0 } pods
            ? pods
            : throw new PlatformException(
                $"No pod of {owner} is running in instance `{Instance.Name}`.", "Run `./causeway up` first; `./causeway status` shows what runs.");

    /// <summary>Address of a pod of a component, reachable from this machine alone: what <c>kubectl port-forward</c> is for in a cluster.</summary>
    public async Task<Uri> AddressOfAsync(string workload, string component, CancellationToken stop)
    {
        var pod = (await PodsOfAsync($"{workload}-{component}", stop))[0];

        return new Uri($"http://{pod.Address}:{renderer.Contract(workload)["components"]![component]!["port"]}");
    }

    /// <summary>Where the same pod serves health, metrics and the OpenAPI document: its management port, or the one port that it has.</summary>
    public async Task<Uri> ManagementAddressOfAsync(string workload, string component, CancellationToken stop) =>
        (await PodsOfAsync($"{workload}-{component}", stop))[0].Management
            ?? throw new PlatformException(
                $"{workload}-{component} has neither MANAGEMENT_PORT nor PORT in its environment.", "Set one: it says where health is.");

    /// <summary>The resources of one kind in their stand-in.</summary>
    /// <exception cref="PlatformException">The environment has no stand-in for the kind, or it does not run.</exception>
    public async Task<IResources> ResourcesAsync(string kind, CancellationToken stop)
    {
        var standIn = renderer.Facts["backends"]?[kind]?["standIn"]
            ?? throw new PlatformException(
                $"Environment {Renderer.Environment} has no stand-in for `{kind}`.",
                $"Add env.backends.{kind} to terraform/envs/{Renderer.Environment}/env.yaml.");
        var pod = (await PodsOfAsync((string)standIn["app"]!, stop))[0];

        return ResourceKinds.Open(kind, new StandIn(pod.Address, (int)standIn["port"]!, (string)renderer.Facts["region"]!));
    }

    /// <summary>The last lines a pod's containers wrote.</summary>
    public async Task<string> LogAsync(string pod, int lines, CancellationToken stop)
    {
        var running = (await PodsAsync(stop)).SingleOrDefault(candidate => candidate.Name == pod);
        var logs = new List<string>();

        foreach (var container in running?.Containers ?? [])
        {
            // `--tail` of podman 4.3 cuts long lines into pieces; the whole log comes in one piece.
            logs.Add((await podman.Command("logs", container.Name).TryRunAsync(stop)).Tail(lines));
        }

        return string.Join('\n', logs);
    }

    /// <summary>
    /// Waits until every one of <paramref name="pods"/> answers its readiness probe, and the edge, where one runs, sends requests to it. A container
    /// that podman's restart policy left stopped for 5 s is started, as the kubelet would: once in hundreds of crashes podman 4.3 does not
    /// (docs/traps.md).
    /// </summary>
    /// <param name="served">Whether the edge has to know: one that is about to be replaced may ask at another port.</param>
    /// <exception cref="PlatformException">One does not within a minute; the message says in which state its containers are, and has its last log
    /// lines.</exception>
    public async Task WaitUntilReadyAsync(IReadOnlyCollection<string> pods, CancellationToken stop, bool served = true)
    {
        var started = TimeProvider.System.GetTimestamp();
        var stopped = new Dictionary<string, long>();
        var (all, listed) = (await PodsAsync(stop), started);

        while (true)
        {
            var running = all.Where(pod => pods.Contains(pod.Name)).ToArray();

            // What podman says takes processor time that starting programs need: as long as all run, only they are asked.
            if (running.Length < pods.Count || !running.All(pod => pod.IsRunning) || TimeProvider.System.GetElapsedTime(listed) > Listing)
            {
                (all, listed) = (await PodsAsync(stop), TimeProvider.System.GetTimestamp());
                running = [.. all.Where(pod => pods.Contains(pod.Name))];
            }

            var ready = await Task.WhenAll(running.Select(pod => pod.IsReadyAsync(stop)));

            if (running.Length == pods.Count && ready.All(answer => answer) && (!served || await EdgeServers.ServeAsync(running, all, stop)))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
            {
                var unready = pods.FirstOrDefault(name => !running.Zip(ready).Any(pair => pair.First.Name == name && pair.Second));
                var late = unready ?? pods.First();
                var containers = running.FirstOrDefault(pod => pod.Name == late)?.Containers.Select(container => $"{container.Name} {container.State}");
                var seen = unready is null ? "the edge sends it no request" : containers is null ? "it does not exist" : string.Join(", ", containers);

                throw new PlatformException(
                    $"Pod {late} did not become ready within a minute ({seen}).",
                    "Its last log lines are above. Fix the cause and run `./causeway up` again; `./causeway status` shows all pods.",
                    await LogAsync(late, 20, stop));
            }

            foreach (var container in running.Where(pod => !pod.Completes).SelectMany(pod => pod.Containers))
            {
                if (container.State is "running" or "paused")
                {
                    stopped.Remove(container.Name);
                }
                else if (!stopped.TryAdd(container.Name, TimeProvider.System.GetTimestamp())
                    && TimeProvider.System.GetElapsedTime(stopped[container.Name]).TotalSeconds > 5)
                {
                    // podman may be at it after all: then this is refused, and nothing is lost.
                    await podman.Command("start", container.Name).TryRunAsync(stop);
                    stopped.Remove(container.Name);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }
    }

    /// <summary>A pod of an object that was rendered, by its number; see <see cref="Playable.PodOf(string, int)"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not brought up by this object.</exception>
    internal PlayablePod PlayableOf(string owner, int replica) =>
        new Playable(Instance, Objects ?? throw new InvalidOperationException("Bring the platform up first."), Addresses.Ports).PodOf(owner, replica);

    /// <summary>What the liveness probe of an object's pods asks over HTTP; null: it has none.</summary>
    public (int Port, string Path)? LivenessOf(string owner)
    {
        var template = Objects?.All.FirstOrDefault(o => RenderedObjects.NameOf(o) == owner && o["spec"]?["template"] is not null)?["spec"]!["template"];

        return template?["spec"]!["containers"]![0]!["livenessProbe"]?["httpGet"] is { } probe
            ? (RenderedObjects.PortOf(template, probe["port"]!), (string)probe["path"]!)
            : null;
    }

    /// <summary>
    /// Plays other images in the place of components' own, until others are named or it is brought up again. What answers is interrupted.
    /// </summary>
    /// <param name="replacements">The images' references by the object that makes the pods; what is not named plays its own.</param>
    /// <exception cref="PlatformException">A pod does not become ready.</exception>
    public async Task PlayImagesAsync(IReadOnlyDictionary<string, string> replacements, CancellationToken stop)
    {
        own ??= Objects ?? throw new InvalidOperationException("Bring the platform up first.");
        string[] touched = [.. others.Keys.Union(replacements.Keys)];
        others = replacements;
        Objects = new RenderedObjects([.. own.All.Select(o => replacements.TryGetValue(RenderedObjects.NameOf(o), out var image) ? WithImage(o, image) : o)]);
        PlayablePod[] wanted = [.. new Playable(Instance, Objects, Addresses.Ports).Pods().Where(pod => touched.Contains(pod.Owner))];
        RunningPod[] running = [.. (await PodsAsync(stop)).Where(pod => touched.Contains(pod.Owner))];
        RunningPod[] outdated = [.. running.Where(pod => !wanted.Any(other => other.Name == pod.Name && other.Hash == pod.Hash && pod.IsRunning))];
        await Task.WhenAll(outdated.Select(pod => Reconciler.StopAndRemoveAsync(pod with { GraceSeconds = 0 }, stop)));

        foreach (var pod in wanted.Where(pod => outdated.Any(old => old.Name == pod.Name) || running.All(old => old.Name != pod.Name)))
        {
            await Reconciler.PlayAsync(pod, stop);
        }

        await WaitUntilReadyAsync([.. wanted.Select(pod => pod.Name)], stop);
    }

    /// <summary>This machine's address on the instance's network, where pods reach what listens there.</summary>
    public async Task<string> HostAddressAsync(CancellationToken stop) =>
        (string)(await podman.JsonAsync(stop, "network", "inspect", Instance.Network))[0]!["subnets"]![0]!["gateway"]!;

    private static JsonObject WithImage(JsonObject owner, string image)
    {
        var copy = owner.DeepClone().AsObject();

        if (copy["spec"]?["template"] is { } template)
        {
            template["spec"]!["containers"]![0]!["image"] = image;
        }

        return copy;
    }

    private Task PrepareAsync(CancellationToken stop) => new Preparation(tools, steps).RunAsync(stop);

    private async Task<string> EnsureNetworkAsync(CancellationToken stop)
    {
        await podman.EnsureAsync("network", Instance.Network, stop);

        return await HostAddressAsync(stop);
    }

    private async Task PlayAsync(Rendered rendered, IReadOnlyList<JsonObject> edge, CancellationToken stop)
    {
        var ports = Addresses.Ports;
        IReadOnlyList<PlayablePod> standIns = new Playable(Instance, new(rendered.StandIns), ports).Pods();
        IReadOnlyList<PlayablePod> workloads = new Playable(Instance, new(rendered.Workloads), ports).Pods();
        IReadOnlyList<PlayablePod> front = new Playable(Instance, new(edge), ports).Pods();

        await Reconciler.RemoveUnwantedAsync([.. standIns, .. workloads, .. front], stop);
        await Reconciler.StartAsync("Start the stand-ins", standIns, stop);
        await steps.RunAsync("Create resources", _ => WantedResources.CreateAsync(renderer, kind => ResourcesAsync(kind, stop), stop));
        await Reconciler.StartAsync("Start the workloads", workloads, stop);
        await Reconciler.StartAsync("Start the edge", front, stop);
    }

    private async Task ProveAsync(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };

        foreach (var workload in repository.Releases(Renderer.Environment))
        {
            if (Transaction.Find(repository, workload) is not { } transaction)
            {
                continue;
            }

            await steps.RunAsync($"Run a transaction through {workload}", _ => WithLogsAsync(workload, async () =>
            {
                var addresses = new Dictionary<string, Uri>();

                foreach (var (component, _) in renderer.Contract(workload)["components"]!.AsObject())
                {
                    addresses[component] = await AddressOfAsync(workload, component, stop);
                }

                return await new Proof(renderer.Contract(workload), transaction, Addresses.Edge, Addresses.Prometheus)
                {
                    EdgeLog = $"`podman logs {Instance.Prefix}edge-local-0-haproxy`",
                }.RunAsync(component => addresses[component], http, stop);
            }, stop));
        }
    }

    /// <summary>Adds what the workload's pods last logged to a failure.</summary>
    private async Task<string> WithLogsAsync(string workload, Func<Task<string>> work, CancellationToken stop)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (
            error is PlatformException or HttpRequestException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            var components = renderer.Contract(workload)["components"]!.AsObject().Select(component => $"{workload}-{component.Key}").ToHashSet();
            var logs = new List<string?> { (error as PlatformException)?.Log };

            foreach (var pod in (await PodsAsync(stop)).Where(pod => components.Contains(pod.Owner)))
            {
                logs.Add($"{pod.Name}:\n{await LogAsync(pod.Name, 5, stop)}");
            }

            throw new PlatformException(
                error is OperationCanceledException ? $"{workload} did not answer in time." : error.Message,
                (error as PlatformException)?.Remedy ?? "Read the last log lines above; `./causeway status` shows the pods.",
                string.Join('\n', logs.OfType<string>()),
                error);
        }
    }

    private async Task<FileLock> LockAsync(string purpose, CancellationToken stop)
    {
        try
        {
            return await FileLock.TakeAsync(FileLock.OfMachine(Instance.Name), purpose, TimeSpan.FromSeconds(2), stop);
        }
        catch (TimeoutException held)
        {
            throw new PlatformException($"Another command is working on instance `{Instance.Name}`.", held.Message, inner: held);
        }
    }
}
