using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Causeway.Harness.Local;

/// <summary>A TCP proxy that hands every byte on some time after it came, in either direction and in order. Stands in for the kernel's netem.</summary>
public sealed class DelayProxy : IFaultProxy
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource ending = new();

    private DelayProxy(TcpListener listener) => this.listener = listener;

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="address">Local address to listen on; the port is a free one.</param>
    /// <param name="delay">Time between receiving a byte and sending it on.</param>
    /// <param name="jitter">How much longer or shorter each delay may be.</param>
    public static DelayProxy Start(string address, string targetAddress, int targetPort, TimeSpan delay, TimeSpan jitter = default)
    {
        var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var proxy = new DelayProxy(listener);
        _ = proxy.AcceptAsync(targetAddress, targetPort, () => delay + (jitter * ((2 * Random.Shared.NextDouble()) - 1)));

        return proxy;
    }

    public void Dispose()
    {
        ending.Cancel();
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync(string targetAddress, int targetPort, Func<TimeSpan> delay)
    {
        var stop = ending.Token;

        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop), targetAddress, targetPort, delay, stop);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed: no more connections.
        }
    }

    private static async Task ServeAsync(TcpClient client, string targetAddress, int targetPort, Func<TimeSpan> delay, CancellationToken stop)
    {
        using var source = client;
        using var target = new TcpClient();

        try
        {
            await target.ConnectAsync(targetAddress, targetPort, stop);
            var (there, back) = (CopyAsync(source, target, delay, stop), CopyAsync(target, source, delay, stop));
            await await Task.WhenAny(there, back); // a reset ends both directions,
            await Task.WhenAll(there, back); // a plain end only its own
        }
        catch (Exception broken) when (
            broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            // One side broke off: closing both tells the other.
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, Func<TimeSpan> delay, CancellationToken stop)
    {
        var waiting = Channel.CreateUnbounded<(long Due, byte[] Bytes)>();
        var writing = WriteAsync(to, waiting.Reader, stop);
        var buffer = new byte[16 * 1024];
        int count;

        try
        {
            while ((count = await from.GetStream().ReadAsync(buffer, stop)) > 0)
            {
                await waiting.Writer.WriteAsync((Environment.TickCount64 + (long)delay().TotalMilliseconds, buffer[..count]), stop);
            }
        }
        finally
        {
            waiting.Writer.Complete();
        }

        await writing;
        to.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task WriteAsync(TcpClient to, ChannelReader<(long Due, byte[] Bytes)> waiting, CancellationToken stop)
    {
        await foreach (var (due, bytes) in waiting.ReadAllAsync(stop))
        {
            var wait = due - Environment.TickCount64;

            if (wait > 0)
            {
                await Task.Delay((int)wait, stop);
            }

            await to.GetStream().WriteAsync(bytes, stop);
        }
    }
}
