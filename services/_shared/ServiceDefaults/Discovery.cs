using System.Net;
using System.Net.Sockets;

namespace Causeway.ServiceDefaults;

/// <summary>Finding other components by name.</summary>
public static class Discovery
{
    /// <summary>
    /// Connects to one of the addresses a name stands for, chosen again for every connection. Without it every connection goes to the first
    /// address that accepts, and a process that hangs still accepts: a repeated request would hang with it again.
    /// </summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        Random.Shared.Shuffle(addresses);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();

            throw;
        }
    }
}
