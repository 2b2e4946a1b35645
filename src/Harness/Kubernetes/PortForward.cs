using System.Globalization;
using Causeway.Harness.Clusters;
using Causeway.Harness.Local;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Causeway.Harness.Kubernetes;

/// <summary>
/// HTTP to a port of one pod in a cluster, through the API server, as <c>kubectl port-forward</c> does it. No port of this machine is opened: every
/// connection of <see cref="Http"/> is a WebSocket of its own.
/// </summary>
public sealed class PortForward : IDisposable
{
    private readonly IKubernetes cluster;
    private readonly bool ownsCluster;
    private readonly string @namespace;
    private readonly int port;

    private PortForward(IKubernetes cluster, bool ownsCluster, string @namespace, string pod, int port)
    {
        this.cluster = cluster;
        this.ownsCluster = ownsCluster;
        this.@namespace = @namespace;
        this.port = port;
        Pod = pod;
        Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, stop) => await ConnectAsync(stop) })
        {
            BaseAddress = new Uri($"http://{pod}.{@namespace}:{port}"),
        };
    }

    /// <summary>The pod that is asked.</summary>
    public string Pod { get; }

    /// <summary>Sends requests to the pod; its base address names it.</summary>
    public HttpClient Http { get; }

    /// <summary>Chooses a ready pod behind a Service.</summary>
    /// <param name="context">Where the cluster is.</param>
    /// <param name="port">Port of the pod; null: the one that the Service's first port leads to.</param>
    /// <exception cref="UsageException">The context cannot be used.</exception>
    /// <exception cref="PlatformException">The Service or a ready pod does not exist, or the cluster cannot be reached.</exception>
    public static Task<PortForward> ToServiceAsync(
        KubeconfigContext context, string @namespace, string service, int? port, CancellationToken stop) =>
        ToServiceAsync(context.Connect(), @namespace, service, port, stop);

    /// <inheritdoc cref="ToServiceAsync(KubeconfigContext, string, string, int?, CancellationToken)"/>
    /// <param name="cluster">Disposed with the result, if the result owns it.</param>
    public static async Task<PortForward> ToServiceAsync(
        IKubernetes cluster, string @namespace, string service, int? port, CancellationToken stop, bool ownsCluster = true)
    {
        try
        {
            var found = await cluster.CoreV1.ReadNamespacedServiceAsync(service, @namespace, cancellationToken: stop);
            var selector = string.Join(',', found.Spec.Selector.Select(label => $"{label.Key}={label.Value}"));
            var pods = await cluster.CoreV1.ListNamespacedPodAsync(@namespace, labelSelector: selector, cancellationToken: stop);
            var pod = pods.Items.FirstOrDefault(IsReady)
                ?? throw new PlatformException(
                    $"No pod of Service {service} in namespace {@namespace} is ready ({pods.Items.Count} are there).",
                    $"`kubectl -n {@namespace} get pods -l {selector}` shows them.");

            return new PortForward(cluster, ownsCluster, @namespace, pod.Metadata.Name, port ?? TargetPort(found.Spec.Ports[0], pod));
        }
        catch (HttpOperationException refused)
        {
            throw new PlatformException(
                $"The cluster refused to show Service {service} in namespace {@namespace}: {(int)refused.Response.StatusCode}.",
                "Check that the workload is deployed there, and that you may read services and pods and use pods/portforward.",
                refused.Response.Content,
                refused);
        }
        catch (HttpRequestException unreachable)
        {
            throw new PlatformException(
                "The cluster cannot be reached.", "`kubectl cluster-info` with the same context shows why.", unreachable.Message, unreachable);
        }
    }

    /// <summary>A new connection to the pod's port.</summary>
    public async Task<Stream> ConnectAsync(CancellationToken stop)
    {
        var socket = await cluster.WebSocketNamespacedPodPortForwardAsync(Pod, @namespace, [port], "v4.channel.k8s.io", cancellationToken: stop);
        var channels = new StreamDemuxer(socket, StreamType.PortForward, ownsSocket: true);
        channels.Start();

        return new ForwardedStream(channels, channels.GetStream((byte?)0, (byte?)0));
    }

    public void Dispose()
    {
        Http.Dispose();

        if (ownsCluster)
        {
            cluster.Dispose();
        }
    }

    private static bool IsReady(V1Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) is true;

    private static int TargetPort(V1ServicePort port, V1Pod pod) =>
        (port.TargetPort?.Value ?? "") switch
        {
            "" => port.Port,
            var number when int.TryParse(number, CultureInfo.InvariantCulture, out var target) => target,
            var name => pod.Spec.Containers.SelectMany(container => container.Ports ?? []).First(candidate => candidate.Name == name).ContainerPort,
        };
}
