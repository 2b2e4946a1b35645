using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Causeway.Harness;
using Causeway.Harness.Kubernetes;
using k8s;

namespace Causeway.Offline.Kubernetes;

/// <summary>Requests reach a pod through an API server: a small one, which speaks the port-forward protocol (v4.channel.k8s.io) as Kubernetes does.</summary>
public sealed class PortForwardTests : IDisposable
{
    private readonly HttpListener server = new();
    private readonly Uri address;

    /// <summary>What was asked of the server, and what came through to the pod's port.</summary>
    private readonly List<string> asked = [];

    private string pods = Pods(ready: true);

    public PortForwardTests()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        probe.Stop();
        server.Prefixes.Add(address.ToString());
        server.Start();
        _ = ServeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => server.Close();

    private Task<PortForward> ForwardAsync(int? port, string service = "shop-store") =>
        PortForward.ToServiceAsync(new k8s.Kubernetes(new KubernetesClientConfiguration { Host = address.ToString() }), "shop", service, port, Stop);

    [Fact]
    public async Task A_request_reaches_the_port_that_the_Service_leads_to()
    {
        using var forward = await ForwardAsync(null);

        Assert.Equal("GET /parts HTTP/1.1 at 8080", await forward.Http.GetStringAsync("/parts", Stop));
        Assert.Equal("GET /parts?page=2 HTTP/1.1 at 8080", await forward.Http.GetStringAsync("/parts?page=2", Stop));
        Assert.Equal("shop-store-1", forward.Pod);
        Assert.Contains(asked, path => path.StartsWith("pods?labelSelector=app%3Dstore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_of_the_pod_can_be_named()
    {
        using var forward = await ForwardAsync(8081);

        Assert.Equal("GET /healthz/ready HTTP/1.1 at 8081", await forward.Http.GetStringAsync("/healthz/ready", Stop));
    }

    [Fact]
    public async Task A_port_of_this_machine_leads_to_the_pod_for_every_connection()
    {
        await using var port = new LoopbackPort(await ForwardAsync(null));
        using var http = new HttpClient { BaseAddress = port.Address };
        using var other = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.Port}") };

        Assert.Equal("GET /parts HTTP/1.1 at 8080", await http.GetStringAsync("/parts", Stop));
        Assert.Equal("GET /parts?page=2 HTTP/1.1 at 8080", await other.GetStringAsync("/parts?page=2", Stop));
        Assert.Equal("GET /parts?page=3 HTTP/1.1 at 8080", await http.GetStringAsync("/parts?page=3", Stop));
        Assert.Equal(2, asked.Count(path => path.Contains("portforward", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_port_whose_pod_is_gone_closes_the_connection()
    {
        await using var port = new LoopbackPort(await ForwardAsync(null));
        server.Stop();
        using var http = new HttpClient { BaseAddress = port.Address };

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync("/parts", Stop));
    }

    [Fact]
    public async Task Without_a_ready_pod_it_says_so()
    {
        pods = Pods(ready: false);

        Assert.Contains(
            "No pod of Service shop-store in namespace shop is ready",
            (await Assert.ThrowsAsync<PlatformException>(() => ForwardAsync(null))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Service_that_is_not_there_is_named() =>
        Assert.Contains(
            "Service shop-cellar in namespace shop: 404",
            (await Assert.ThrowsAsync<PlatformException>(() => ForwardAsync(null, "shop-cellar"))).Message,
            StringComparison.Ordinal);

    private static string Pods(bool ready) => $$"""
        { "kind": "PodList", "apiVersion": "v1", "items": [
          { "metadata": { "name": "shop-store-0" }, "status": { "conditions": [{ "type": "Ready", "status": "False" }] }, "spec": { "containers": [] } },
          { "metadata": { "name": "shop-store-1" }, "status": { "conditions": [{ "type": "Ready", "status": "{{ready}}" }] },
            "spec": { "containers": [{ "name": "store", "ports": [{ "name": "http", "containerPort": 8080 }] }] } }] }
        """;

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await server.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.PathAndQuery["/api/v1/namespaces/shop/".Length..];
        asked.Add(path);

        if (path.StartsWith("pods/shop-store-1/portforward?ports=", StringComparison.Ordinal))
        {
            await PodAsync((await context.AcceptWebSocketAsync("v4.channel.k8s.io")).WebSocket, ushort.Parse(path.Split('=')[1]));

            return;
        }

        var (status, text) = path switch
        {
            "services/shop-store" => (200, """{ "kind": "Service", "apiVersion": "v1", "spec": { "selector": { "app": "store" }, "ports": [{ "port": 80, "targetPort": "http" }] } }"""),
            _ when path.StartsWith("pods?", StringComparison.Ordinal) => (200, pods),
            _ => (404, """{ "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 404 }"""),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }

    // Channel 0 carries data, channel 1 errors; each begins with the port's number. The pod answers every request with its first line.
    private static async Task PodAsync(WebSocket socket, ushort port)
    {
        byte[] number = [(byte)port, (byte)(port >> 8)];
        await socket.SendAsync(new byte[] { 0, number[0], number[1] }, WebSocketMessageType.Binary, true, Stop);
        await socket.SendAsync(new byte[] { 1, number[0], number[1] }, WebSocketMessageType.Binary, true, Stop);
        var request = new StringBuilder();
        var buffer = new byte[4096];

        while (await socket.ReceiveAsync(buffer, Stop) is { MessageType: WebSocketMessageType.Binary } received)
        {
            request.Append(Encoding.ASCII.GetString(buffer, 1, received.Count - 1));

            if (request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var body = $"{request.ToString().Split("\r\n")[0]} at {port}";
                request.Clear();
                byte[] answer = [0, .. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}")];
                await socket.SendAsync(answer, WebSocketMessageType.Binary, true, Stop);
            }
        }
    }
}
