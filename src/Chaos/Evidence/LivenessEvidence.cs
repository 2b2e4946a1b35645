using System.Collections.Concurrent;
using Causeway.Harness.Local;

namespace Causeway.Chaos.Evidence;

/// <summary>
/// Asks the liveness probes of all pods all the while. A process that answers that it is not alive asks to be restarted, which helps against nothing that
/// is broken outside of it. One that does not answer may have been killed or paused by the fault, and is not counted.
/// </summary>
internal sealed class LivenessEvidence(LocalPlatform platform)
{
    private const int Rounds = 3; // with one list of pods, which takes podman processor time

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, int> failed = [];

    /// <summary>How often a pod answered that it is not alive.</summary>
    public IReadOnlyDictionary<string, int> Failed => failed;

    /// <summary>Asks until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(1) };

        IReadOnlyList<RunningPod> pods = [];

        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            pods = round % Rounds is 0 ? await platform.PodsAsync(CancellationToken.None) : pods;
            await Task.WhenAll(pods.Where(pod => pod.IsRunning).Select(pod => AskAsync(pod, http)));
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(RunningPod pod, HttpClient http)
    {
        if (platform.LivenessOf(pod.Owner) is not var (port, path))
        {
            return;
        }

        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{pod.Address}:{port}{path}"), CancellationToken.None);

            if (!answer.IsSuccessStatusCode)
            {
                failed.AddOrUpdate(pod.Name, 1, (_, count) => count + 1);
            }
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            // It is gone, stopped or cut off.
        }
    }
}
