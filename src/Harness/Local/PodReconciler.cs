using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Brings the running pods of an instance to what is wanted, touching only what differs.</summary>
internal sealed class PodReconciler(LocalPlatform platform, Podman podman, ISteps steps)
{
    /// <summary>Removes pods that are no longer wanted.</summary>
    public async Task RemoveUnwantedAsync(IReadOnlyList<PlayablePod> wanted, CancellationToken stop)
    {
        foreach (var pod in (await platform.PodsAsync(stop)).Where(pod => wanted.All(other => other.Name != pod.Name)))
        {
            await StopAndRemoveAsync(pod, stop);
        }
    }

    /// <summary>
    /// Plays what does not run yet, all at once, and waits until it is ready, whether the edge knows it or not: the edge may be replaced after it. A pod
    /// that runs but has changed is replaced, one at a time, so that what has several replicas answers throughout.
    /// </summary>
    public async Task StartAsync(string title, IReadOnlyList<PlayablePod> wanted, CancellationToken stop)
    {
        var running = (await platform.PodsAsync(stop)).ToDictionary(pod => pod.Name);
        PlayablePod[] changed = [
            .. wanted.Where(pod => !(running.TryGetValue(pod.Name, out var found) && found.Hash == pod.Hash && (found.IsRunning || found.IsCompleted)))
        ];

        // What runs unchanged and answers needs no step of its own.
        if (changed is [] && (await Task.WhenAll(wanted.Select(pod => running[pod.Name].IsReadyAsync(stop)))).All(ready => ready))
        {
            return;
        }

        await steps.RunAsync(title, async progress =>
        {
            foreach (var pod in changed.Where(pod => !IsServing(pod)))
            {
                progress($"starting {pod.Name}");
                await ReplaceAsync(pod, stop);
            }

            string[] first = [.. wanted.Where(pod => !IsServing(pod) || !changed.Contains(pod)).Select(pod => pod.Name)];
            await platform.WaitUntilReadyAsync(first, stop, served: false);

            foreach (var pod in changed.Where(IsServing))
            {
                progress($"replacing {pod.Name}");
                await ReplaceAsync(pod, stop);
                await platform.WaitUntilReadyAsync([pod.Name], stop, served: false);
            }

            return changed is []
                ? "all ready"
                : string.Join(", ", changed.GroupBy(pod => pod.Owner).Select(pods => pods.Count() == 1 ? pods.Key : $"{pods.Key} ×{pods.Count()}"));
        });

        bool IsServing(PlayablePod pod) => running.TryGetValue(pod.Name, out var found) && found.IsRunning;
    }

    private async Task ReplaceAsync(PlayablePod pod, CancellationToken stop)
    {
        if ((await platform.PodsAsync(stop)).SingleOrDefault(running => running.Name == pod.Name) is { } old)
        {
            await StopAndRemoveAsync(old, stop);
        }

        await PlayAsync(pod, stop);
    }

    /// <summary>Plays a pod whose name is free.</summary>
    /// <param name="log">The file in which the log of its only container is kept; null: one of podman's own.</param>
    /// <exception cref="PlatformException">podman could not.</exception>
    public async Task PlayAsync(PlayablePod pod, CancellationToken stop, string? log = null)
    {
        // A killed `up` may have left the volume of an emptyDir or a ConfigMap: kube play would take its old contents for the new.
        await RemoveVolumesAsync(pod.Name, stop);

        foreach (var volume in pod.Volumes)
        {
            await podman.EnsureAsync("volume", volume, stop);
        }

        var network = pod.Aliases is []
            ? podman.Instance.Network
            : $"{podman.Instance.Network}:{string.Join(',', pod.Aliases.Select(alias => $"alias={alias}"))}";
        string[] options = log is null ? [] : ["--log-opt", $"path={log}"];
        var played = await podman.Command(["kube", "play", "--quiet", "--network", network, .. options, "-"])
            .WithInput(pod.ToYaml(podman.Instance))
            .TryRunAsync(stop);

        if (played.ExitCode != 0)
        {
            var port = played.Error.Contains("address already in use", StringComparison.Ordinal);

            throw new PlatformException(
                $"podman could not play {pod.Name}.",
                port
                    ? "Another program listens on one of its ports. End it, or choose another port for the edge (`./causeway up --port 9000`), "
                    + "or take an instance with ports of its own (`./causeway up --instance mine`)."
                    : "Read podman's message above; `./causeway down` clears what is half done.",
                played.Tail());
        }
    }

    /// <summary>Stops a pod gracefully within its grace period, and removes it with its volumes.</summary>
    public async Task StopAndRemoveAsync(RunningPod pod, CancellationToken stop)
    {
        foreach (var container in pod.Containers)
        {
            await podman.Command("stop", "--time", $"{pod.GraceSeconds}", container.Name).TryRunAsync(stop);
        }

        await podman.RemovePodsAsync([pod.Name], stop);
        await RemoveVolumesAsync(pod.Name, stop);
    }

    private async Task RemoveVolumesAsync(string pod, CancellationToken stop)
    {
        string[] volumes = [
            .. (await podman.JsonAsync(stop, "volume", "ls", "--format", "json"))
                .Select(volume => (string)volume!["Name"]!)
                .Where(name => name.StartsWith(pod + '-', StringComparison.Ordinal))
        ];

        if (volumes is not [])
        {
            await podman.RunAsync(stop, ["volume", "rm", "--force", .. volumes]);
        }
    }
}
