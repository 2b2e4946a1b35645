namespace Causeway.Harness.Local;

/// <summary>
/// Breaks a running platform on purpose. What lasts is returned as a handle whose disposal reverts it; the platform's <c>down</c> reverts
/// everything, since every fault lives inside the instance's own pods and network namespaces.
/// </summary>
public sealed class Faults(LocalPlatform platform, Podman podman)
{
    /// <summary>
    /// Ends a pod's processes at once (SIGKILL), as a crash or the OOM killer does. podman starts its containers again, as the kubelet would.
    /// </summary>
    public Task KillAsync(RunningPod pod, CancellationToken stop) => SignalAsync(pod, "KILL", stop);

    /// <summary>Ends a pod's processes gracefully (SIGTERM) and waits until podman has started them again and they are ready. Its address stays.</summary>
    /// <exception cref="PlatformException">They do not end within the pod's grace period and ten seconds.</exception>
    public async Task RestartAsync(RunningPod pod, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        await SignalAsync(pod, "TERM", stop);

        while ((await platform.PodsAsync(stop)).Any(now => now.Name == pod.Name && now.Containers.Any(container => pod.Containers.Contains(container))))
        {
            if (TimeProvider.System.GetElapsedTime(started).TotalSeconds > pod.GraceSeconds + 10)
            {
                throw new PlatformException(
                    $"Pod {pod.Name} does not end on SIGTERM.",
                    "Read its log; as process 1 a program must handle the signal itself.",
                    await platform.LogAsync(pod.Name, 10, stop));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }

        await platform.WaitUntilReadyAsync([pod.Name], stop);
    }

    private static async Task SignalAsync(RunningPod pod, string signal, CancellationToken stop)
    {
        foreach (var container in pod.Containers.Where(container => container.ProcessId != 0))
        {
            await CommandLine.Of("kill", $"-{signal}", $"{container.ProcessId}").TryRunAsync(stop);
        }
    }

    /// <summary>Stops a pod gracefully: SIGTERM, and SIGKILL once its grace period is over. It stays stopped until the handle is disposed.</summary>
    /// <returns>Starts the pod again and waits until it is ready.</returns>
    public async Task<IAsyncDisposable> StopAsync(RunningPod pod, CancellationToken stop)
    {
        foreach (var container in pod.Containers)
        {
            await podman.RunAsync(stop, "stop", "--time", $"{pod.GraceSeconds}", container.Name);
        }

        return new Revert(async () =>
        {
            foreach (var container in pod.Containers)
            {
                await podman.RunAsync(CancellationToken.None, "start", container.Name);
            }

            await platform.WaitUntilReadyAsync([pod.Name], CancellationToken.None);
        });
    }

    /// <summary>
    /// Freezes a pod: its processes exist and its connections stand, but nothing moves, as in a long garbage collection or a stalled virtual machine.
    /// </summary>
    public async Task<IAsyncDisposable> PauseAsync(RunningPod pod, CancellationToken stop)
    {
        foreach (var container in pod.Containers)
        {
            await podman.RunAsync(stop, "pause", container.Name);
        }

        return new Revert(async () =>
        {
            foreach (var container in pod.Containers)
            {
                await podman.RunAsync(CancellationToken.None, "unpause", container.Name);
            }
        });
    }

    /// <summary>Cuts the network between two Deployments: packets are dropped in both directions, without an error to either side.</summary>
    public async Task<IAsyncDisposable> DisconnectAsync(string from, string to, CancellationToken stop)
    {
        var rules = new PacketRules();

        return await Revert.OnFailureAsync(rules.RemoveAsync, async () =>
        {
            foreach (var source in await platform.PodsOfAsync(from, stop))
            {
                foreach (var target in await platform.PodsOfAsync(to, stop))
                {
                    await rules.AddAsync(source, ["OUTPUT", "--destination", target.Address, "--jump", "DROP"], stop);
                    await rules.AddAsync(source, ["INPUT", "--source", target.Address, "--jump", "DROP"], stop);
                }
            }
        });
    }

    /// <summary>
    /// Delays every byte between two Deployments, in both directions: a proxy of ours stands between them. Connections that stand already are reset.
    /// </summary>
    /// <param name="delay">Added to each direction, so a round trip takes twice as much longer.</param>
    public async Task<IAsyncDisposable> DelayAsync(string from, string to, TimeSpan delay, CancellationToken stop)
    {
        var rules = new PacketRules();
        var proxies = new List<DelayProxy>();
        var gateway = (string)(await podman.JsonAsync(stop, "network", "inspect", podman.Instance.Network))[0]!["subnets"]![0]!["gateway"]!;

        async Task UndoAsync()
        {
            await rules.RemoveAsync();
            proxies.ForEach(proxy => proxy.Dispose());
        }

        return await Revert.OnFailureAsync(UndoAsync, async () =>
        {
            var sources = await platform.PodsOfAsync(from, stop);

            foreach (var (target, port) in (await platform.PodsOfAsync(to, stop)).SelectMany(target => target.Ports.Select(port => (target, port))))
            {
                var proxy = DelayProxy.Start(gateway, target.Address, port, delay);
                proxies.Add(proxy);

                foreach (var source in sources)
                {
                    string[] flow = ["OUTPUT", "--destination", target.Address, "--protocol", "tcp", "--dport", $"{port}"];
                    await rules.AddAsync(source, ["--table", "nat", .. flow, "--jump", "DNAT", "--to-destination", $"{gateway}:{proxy.Port}"], stop);
                    // New connections have the proxy's address by the time this rule sees them: only old ones match.
                    await rules.AddAsync(source, [.. flow, "--jump", "REJECT", "--reject-with", "tcp-reset"], stop);
                }
            }
        });
    }

    /// <summary>Rules of iptables inside pods' network namespaces, remembered so that they can be taken back.</summary>
    private sealed class PacketRules
    {
        private readonly List<(RunningPod Pod, string[] Rule)> added = [];

        public async Task AddAsync(RunningPod pod, string[] rule, CancellationToken stop)
        {
            await In(pod, "--append", rule).RunAsync(stop);
            added.Add((pod, rule));
        }

        public async Task RemoveAsync()
        {
            foreach (var (pod, rule) in added)
            {
                // The pod may be gone by now, and its rules with it.
                await In(pod, "--delete", rule).TryRunAsync(CancellationToken.None);
            }
        }

        private static CommandLine In(RunningPod pod, string action, string[] rule)
        {
            string[] table = rule[0] == "--table" ? rule[..2] : [];

            return CommandLine.Of("nsenter", ["--target", $"{pod.SandboxProcessId}", "--net", "iptables", "--wait", .. table, action, .. rule[table.Length..]]);
        }
    }

    private sealed class Revert(Func<Task> revert) : IAsyncDisposable
    {
        private bool done;

        /// <summary>Breaks something; if that fails half way, the part already broken is reverted at once.</summary>
        public static async Task<IAsyncDisposable> OnFailureAsync(Func<Task> revert, Func<Task> breakIt)
        {
            try
            {
                await breakIt();
            }
            catch
            {
                await revert();

                throw;
            }

            return new Revert(revert);
        }

        public async ValueTask DisposeAsync()
        {
            if (!done)
            {
                done = true;
                await revert();
            }
        }
    }
}
