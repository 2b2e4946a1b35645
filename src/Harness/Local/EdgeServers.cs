using System.Globalization;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Local;

/// <summary>
/// The pods that the running edge sends requests to, by the edge's own metrics. A pod that is ready gets none before the edge has checked it, as with the
/// targets of a load balancer.
/// </summary>
internal static partial class EdgeServers
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(1) };

    /// <summary>
    /// Whether the edge serves as many pods of each owner as there are in <paramref name="ready"/>. What it has no route to is not looked at.
    /// </summary>
    /// <param name="all">Every pod of the instance; without an edge among them that has an address there is nothing to wait for.</param>
    public static async Task<bool> ServeAsync(IReadOnlyList<RunningPod> ready, IReadOnlyList<RunningPod> all, CancellationToken stop)
    {
        if (all.FirstOrDefault(pod => pod.Owner == Renderer.EdgeChart && pod.Address is not "") is not { } edge)
        {
            return true;
        }

        try
        {
            // Its readiness probe is on the port of its metrics.
            var metrics = await Http.GetStringAsync(new Uri($"http://{edge.Address}:{edge.Ready.Split('/')[0]}/metrics"), stop);
            var served = Counts(metrics);

            return ready.GroupBy(pod => pod.Owner).All(pods => !served.TryGetValue(pods.Key, out var count) || count >= pods.Count());
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false; // paused, or about to start
        }
    }

    /// <summary>How many servers are up by owner: the part of a backend's name that follows its namespace.</summary>
    private static IReadOnlyDictionary<string, int> Counts(string metrics) => Up().Matches(metrics)
        .GroupBy(match => match.Groups["owner"].Value, match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture))
        .ToDictionary(owner => owner.Key, owner => owner.Sum());

    [GeneratedRegex(
        """^haproxy_backend_agg_server_status\{proxy="[^".]+\.(?<owner>[^"]+)",state="UP"\} (?<count>\d+)$""", RegexOptions.Multiline)]
    private static partial Regex Up();
}
