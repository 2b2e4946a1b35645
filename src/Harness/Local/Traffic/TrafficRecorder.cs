using System.Collections.Concurrent;
using System.Net;

namespace Causeway.Harness.Local.Traffic;

/// <summary>What a pod asked of a service of the cloud.</summary>
/// <param name="Component">The owner of the pod: <c>&lt;workload&gt;-&lt;component&gt;</c>.</param>
/// <param name="Service">As in the first part of <paramref name="Action"/>: <c>dynamodb</c>.</param>
/// <param name="Resource">What follows the account in the resource's ARN: <c>table/local-shop-stock</c>.</param>
public sealed record CloudCall(string Component, string Service, string Action, string Resource)
{
    public override string ToString() => $"{Component} calls {Action} on {Resource}";
}

/// <summary>A TCP connection that a pod asked for.</summary>
/// <param name="From">Owner of the pod.</param>
/// <param name="To">Owner of the pod that it is to.</param>
public sealed record Connection(string From, string To, int Port)
{
    public override string ToString() => $"{From} → {To} TCP {Port}";
}

/// <summary>Everything that was seen, each once.</summary>
/// <param name="NotUnderstood">Requests of pods to stand-ins whose meaning is not known here.</param>
public sealed record RecordedTraffic(IReadOnlySet<CloudCall> Calls, IReadOnlySet<Connection> Connections, IReadOnlyList<string> NotUnderstood);

/// <summary>Records who connects to whom on the network of an instance, and what is asked of the stand-ins of cloud services there.</summary>
public sealed class TrafficRecorder : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, ICloudService> Services =
        Discovery.InstancesOf<ICloudService>().ToDictionary(service => service.Name);

    private readonly ConcurrentDictionary<IPAddress, string> owners = [];
    private readonly ConcurrentDictionary<(IPAddress From, IPAddress To, int Port), bool> connections = [];
    private readonly ConcurrentDictionary<(IPAddress From, string Service, string Action, string Resource), bool> calls = [];
    private readonly ConcurrentDictionary<(IPAddress From, string What), bool> notUnderstood = [];
    private readonly Dictionary<(IPEndPoint, IPEndPoint), RequestReader> readers = [];
    private readonly CancellationTokenSource ended = new();
    private readonly IReadOnlySet<int> services;
    private PacketCapture? capture;
    private Task looking = Task.CompletedTask;

    private TrafficRecorder(IReadOnlySet<int> services) => this.services = services;

    /// <summary>Begins to record. The network has to be there; pods may come later.</summary>
    /// <param name="subnet">The network's addresses: <c>10.89.0.0/24</c>.</param>
    /// <param name="services">The ports at which stand-ins of cloud services answer.</param>
    /// <param name="pods">Lists the instance's pods.</param>
    internal static async Task<TrafficRecorder> StartAsync(
        Instance instance, string subnet, IReadOnlySet<int> services, Func<CancellationToken, Task<IReadOnlyList<RunningPod>>> pods, CancellationToken stop)
    {
        var recorder = new TrafficRecorder(services);
        var requests = string.Concat(services.Order().Select(port => $" or dst port {port}"));
        var filter = $"src net {subnet} and dst net {subnet} and tcp and ((tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn){requests})";
        recorder.capture = await PacketCapture.StartAsync(instance, filter, recorder.Take, stop);
        recorder.looking = recorder.LookAtPodsAsync(pods);

        return recorder;
    }

    /// <summary>Ends the recording, and returns what was seen.</summary>
    public async Task<RecordedTraffic> EndAsync()
    {
        await DisposeAsync();

        return new(
            calls.Keys
                .Where(call => owners.ContainsKey(call.From))
                .Select(call => new CloudCall(owners[call.From], call.Service, call.Action, call.Resource))
                .ToHashSet(),
            connections.Keys
                .Where(seen => owners.ContainsKey(seen.From) && owners.ContainsKey(seen.To))
                .Select(seen => new Connection(owners[seen.From], owners[seen.To], seen.Port))
                .ToHashSet(),
            [
                .. notUnderstood.Keys
                    .Where(seen => owners.ContainsKey(seen.From))
                    .Select(seen => $"{owners[seen.From]}: {seen.What}")
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        if (capture is { } running)
        {
            capture = null;
            await running.DisposeAsync();
            await ended.CancelAsync();
            await looking;
            ended.Dispose();
        }
    }

    private void Take(Segment segment)
    {
        if (segment.Opens)
        {
            connections[(segment.From.Address, segment.To.Address, segment.To.Port)] = true;
        }

        if (!services.Contains(segment.To.Port))
        {
            return;
        }

        var ends = (segment.From, segment.To);

        if (!readers.TryGetValue(ends, out var reader))
        {
            readers[ends] = reader = new();
        }

        foreach (var request in reader.Read(segment))
        {
            Understand(segment.From.Address, request);
        }
    }

    private void Understand(IPAddress from, SentRequest request)
    {
        // AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …
        var scope = request.Headers.GetValueOrDefault("authorization", "").Split("Credential=")[^1].Split(',')[0].Split('/');

        if (scope is not [_, _, _, var name, "aws4_request"] || !Services.TryGetValue(name, out var service))
        {
            notUnderstood[(from, $"{request.Method} {request.Path} is signed for no service that is known here")] = true;

            return;
        }

        try
        {
            foreach (var (action, resource) in service.Needs(request))
            {
                calls[(from, name, action, resource)] = true;
            }
        }
        catch (Exception error) when (error is NotSupportedException or System.Text.Json.JsonException)
        {
            notUnderstood[(from, error.Message)] = true;
        }
    }

    // A pod keeps its address until it is stopped; another one may get it much later. What comes from no pod, such as what the harness itself asks, is
    // not recorded.
    private async Task LookAtPodsAsync(Func<CancellationToken, Task<IReadOnlyList<RunningPod>>> pods)
    {
        try
        {
            while (true)
            {
                foreach (var pod in (await pods(ended.Token)).Where(pod => pod.Address is not ""))
                {
                    owners[IPAddress.Parse(pod.Address)] = pod.Owner;
                }

                await Task.Delay(TimeSpan.FromSeconds(5), ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The recording has ended.
        }
    }
}
