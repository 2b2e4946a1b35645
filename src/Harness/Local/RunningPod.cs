using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>A container of a running pod. <paramref name="ProcessId"/> is 0 unless it runs.</summary>
public sealed record RunningContainer(string Name, string State, int ProcessId, int ExitCode)
{
    /// <summary>Its variable <c>MANAGEMENT_PORT</c>; else <c>PORT</c>, which then serves that, too.</summary>
    public string? ManagementPort { get; init; }
}

/// <summary>A pod as podman reports it.</summary>
/// <param name="Address">Its IPv4 address on the instance's network; empty where it has none (stopped).</param>
/// <param name="Ready">What its readiness probe asks, see <see cref="PlayablePod"/>.</param>
/// <param name="Ports">TCP ports its containers declare.</param>
/// <param name="Completes">Whether it runs to its end, see <see cref="PlayablePod"/>.</param>
/// <param name="SandboxProcessId">The process that holds its network namespace; 0 where it is stopped.</param>
public sealed record RunningPod(
    string Name,
    string Owner,
    string Hash,
    string Address,
    string Ready,
    IReadOnlyList<int> Ports,
    bool Completes,
    int GraceSeconds,
    int SandboxProcessId,
    IReadOnlyList<RunningContainer> Containers)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(1) };

    /// <summary>Where it serves health, metrics and the OpenAPI document, by what its process reads; null where it reads nothing of it.</summary>
    public Uri? Management => Containers.Select(container => container.ManagementPort).FirstOrDefault(port => port is not null) is { } port
        ? new Uri($"http://{Address}:{port}")
        : null;

    public bool IsRunning => Address is not "" && Containers.All(container => container.State is "running");

    /// <summary>Whether it was to run to its end and has, successfully.</summary>
    public bool IsCompleted => Completes && Containers.Count > 0 && Containers.All(container => container is { State: "exited", ExitCode: 0 });

    /// <summary>Every pod of <paramref name="podman"/>'s instance, by name.</summary>
    public static async Task<IReadOnlyList<RunningPod>> ListAsync(Podman podman, CancellationToken stop)
    {
        var pods = await podman.JsonAsync(stop, "pod", "ps", "--format", "json", "--filter", $"label={Instance.Label}={podman.Instance.Name}");
        string[] containers = [.. pods.SelectMany(pod => pod!["Containers"]?.AsArray() ?? []).Select(container => (string)container!["Id"]!)];

        if (containers is [])
        {
            return [.. pods.Select(pod => From(pod!, new Dictionary<string, JsonNode>())).OrderBy(pod => pod.Name, StringComparer.Ordinal)];
        }

        // A container may vanish between the two calls; podman then names the missing one and still prints the others.
        var inspected = await podman.Command(["inspect", "--type", "container", .. containers]).TryRunAsync(stop);
        var byId = (JsonNode.Parse(inspected.Output is "" ? "[]" : inspected.Output)!.AsArray())
            .ToDictionary(container => (string)container!["Id"]!, container => container!);

        return [.. pods.Select(pod => From(pod!, byId)).OrderBy(pod => pod.Name, StringComparer.Ordinal)];
    }

    /// <summary>Whether the pod answers its readiness probe now; for one that runs to its end, whether it has completed.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        if (Completes)
        {
            return IsCompleted;
        }

        if (!IsRunning)
        {
            return false;
        }

        try
        {
            if (Ready is "")
            {
                return true;
            }

            if (int.TryParse(Ready, out var port))
            {
                using var socket = new System.Net.Sockets.TcpClient();
                await socket.ConnectAsync(Address, port, stop);

                return true;
            }

            using var answer = await Http.GetAsync($"http://{Address}:{Ready}", stop);

            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (
            error is HttpRequestException or System.Net.Sockets.SocketException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    private static string? Variable(JsonNode container, string name) => (container["Config"]?["Env"]?.AsArray() ?? [])
        .Select(variable => ((string)variable!).Split('=', 2))
        .FirstOrDefault(variable => variable[0] == name)?[1];

    private static RunningPod From(JsonNode pod, IReadOnlyDictionary<string, JsonNode> containers)
    {
        var labels = pod["Labels"]?.AsObject() ?? [];
        var sandboxId = (string?)pod["InfraId"] ?? "";
        var sandbox = containers.GetValueOrDefault(sandboxId);

        return new RunningPod(
            (string)pod["Name"]!,
            (string?)labels[PlayablePod.OwnerLabel] ?? "",
            (string?)labels[PlayablePod.HashLabel] ?? "",
            (string?)sandbox?["NetworkSettings"]?["Networks"]?.AsObject().FirstOrDefault().Value?["IPAddress"] ?? "",
            (string?)labels[PlayablePod.ReadyLabel] ?? "",
            [.. ((string?)labels[PlayablePod.PortsLabel] ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)],
            (string?)labels[PlayablePod.CompletesLabel] is "true",
            int.TryParse((string?)labels[PlayablePod.GraceLabel], out var grace) ? grace : 10,
            (int?)sandbox?["State"]?["Pid"] ?? 0,
            [.. (pod["Containers"]?.AsArray() ?? [])
                .Where(container => (string)container!["Id"]! != sandboxId && containers.ContainsKey((string)container["Id"]!))
                .Select(container => containers[(string)container!["Id"]!])
                .Select(container => new RunningContainer(
                    (string)container["Name"]!,
                    (string)container["State"]!["Status"]!,
                    (int)container["State"]!["Pid"]!,
                    (int?)container["State"]!["ExitCode"] ?? 0)
                {
                    ManagementPort = Variable(container, "MANAGEMENT_PORT") ?? Variable(container, "PORT"),
                })]);
    }
}
