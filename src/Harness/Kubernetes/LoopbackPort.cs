using System.Net;
using System.Net.Sockets;

namespace Causeway.Harness.Kubernetes;

/// <summary>
/// A free port of this machine's loopback address that leads to a pod's port through a port-forward: for clients that want an address. Each connection
/// is a WebSocket of its own.
/// </summary>
public sealed class LoopbackPort : IAsyncDisposable
{
    private readonly PortForward forward;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Task accepting;

    /// <param name="forward">Disposed with this.</param>
    public LoopbackPort(PortForward forward)
    {
        this.forward = forward;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Where HTTP is answered.</summary>
    public Uri Address => new($"http://localhost:{Port}");

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await accepting;
        forward.Dispose();
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync(closing.Token));
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is disposed.
        }
    }

    // A connection that cannot be made, or breaks, is one that the client sees closed.
    private async Task CarryAsync(TcpClient client)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);

        try
        {
            using (client)
            await using (var here = client.GetStream())
            await using (var there = await forward.ConnectAsync(ended.Token))
            {
                var answers = there.CopyToAsync(here, ended.Token);
                await Task.WhenAny(here.CopyToAsync(there, ended.Token), answers);
                await ended.CancelAsync();
            }
        }
        catch (Exception)
        {
            client.Dispose();
        }
    }
}
