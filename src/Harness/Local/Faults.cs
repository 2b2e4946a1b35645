namespace Causeway.Harness.Local;

/// <summary>
/// Breaks a running platform on purpose. What lasts is returned as a handle whose disposal reverts it, and is written down before it is broken, so that
/// <see cref="RevertLeftAsync"/> finds it after the process was killed. The platform's <c>down</c> reverts everything.
/// </summary>
public sealed partial class Faults
{
    private readonly LocalPlatform platform;
    private readonly Podman podman;
    private readonly FaultJournal journal;
    private readonly string logs;

    /// <param name="logs">A folder for volumes of logs.</param>
    internal Faults(LocalPlatform platform, Podman podman, FaultJournal journal, string logs) =>
        (this.platform, this.podman, this.journal, this.logs) = (platform, podman, journal, logs);

    /// <summary>Reverts what runs that were killed left broken.</summary>
    /// <returns>What it was, for people.</returns>
    public Task<IReadOnlyList<string>> RevertLeftAsync() => journal.RevertLeftAsync();

    /// <summary>Reverts everything that is broken, by whichever process: the handles have nothing left to revert then.</summary>
    /// <returns>What it was, for people.</returns>
    public Task<IReadOnlyList<string>> RevertAllAsync() => journal.RevertLeftAsync(all: true);

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
    /// <param name="graceSeconds">Another grace period; 0: it is killed at once.</param>
    /// <returns>Starts the pod again and waits until it is ready.</returns>
    public async Task<Fault> StopAsync(RunningPod pod, CancellationToken stop, int? graceSeconds = null)
    {
        var record = journal.Begin($"{pod.Name} is stopped");

        async Task StartAsync()
        {
            await record.RevertAsync();
            await platform.WaitUntilReadyAsync([pod.Name], CancellationToken.None);
        }

        return await Fault.BeginAsync(StartAsync, async () =>
        {
            foreach (var container in pod.Containers)
            {
                await record.DoAsync(
                    podman.Command("stop", "--time", $"{graceSeconds ?? pod.GraceSeconds}", container.Name), podman.Command("start", container.Name), stop);
            }

            return new Fault(StartAsync);
        });
    }

    /// <summary>
    /// Freezes a pod: its processes exist and its connections stand, but nothing moves, as in a long garbage collection or a stalled virtual machine.
    /// </summary>
    public async Task<Fault> PauseAsync(RunningPod pod, CancellationToken stop)
    {
        var record = journal.Begin($"{pod.Name} is paused");

        return await Fault.BeginAsync(record.RevertAsync, async () =>
        {
            foreach (var container in pod.Containers)
            {
                await record.DoAsync(podman.Command("pause", container.Name), podman.Command("unpause", container.Name), stop);
            }

            return new Fault(record.RevertAsync);
        });
    }
}
