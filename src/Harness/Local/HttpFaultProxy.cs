using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Causeway.Harness.Local;

/// <summary>An answer that a proxy gives in the place of a server.</summary>
/// <param name="Headers">Besides the length of the body.</param>
public sealed record FaultyAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>
    /// What DynamoDB answers where a table has no capacity left
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
    /// </summary>
    public static FaultyAnswer Throttled { get; } = new(
        400,
        new Dictionary<string, string> { ["Content-Type"] = "application/x-amz-json-1.0", ["x-amzn-RequestId"] = "FAULT" },
        """
        {"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API."}
        """);

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {Status} Fault\r\n{string.Concat(Headers.Select(header => $"{header.Key}: {header.Value}\r\n"))}" +
        $"Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n{Body}");
}

/// <summary>
/// A proxy for HTTP/1.1 that answers a part of the requests itself and hands the others on, byte by byte. It understands requests whose body has a
/// <c>Content-Length</c> or none, sent one after another on a connection, which is what clients of AWS send.
/// </summary>
internal sealed class HttpFaultProxy : IFaultProxy
{
    private const int LargestHeader = 64 * 1024;
    private static readonly byte[] EndOfHeader = "\r\n\r\n"u8.ToArray();

    private readonly TcpListener listener;
    private readonly CancellationTokenSource ending = new();
    private readonly double share;
    private readonly byte[] answer;
    private readonly Random random;
    private long answered;

    private HttpFaultProxy(TcpListener listener, double share, FaultyAnswer answer, int seed)
    {
        this.listener = listener;
        this.share = share;
        this.answer = answer.ToBytes();
        random = new Random(seed);
    }

    public long Answered => Interlocked.Read(ref answered);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="address">Local address to listen on; the port is a free one.</param>
    /// <param name="share">Of the requests that are answered here, from 0 to 1.</param>
    public static HttpFaultProxy Start(string address, string targetAddress, int targetPort, double share, FaultyAnswer answer, int seed)
    {
        var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var proxy = new HttpFaultProxy(listener, share, answer, seed);
        _ = proxy.AcceptAsync(targetAddress, targetPort);

        return proxy;
    }

    public void Dispose()
    {
        ending.Cancel();
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync(string targetAddress, int targetPort)
    {
        var stop = ending.Token;

        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop), targetAddress, targetPort, stop);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed: no more connections.
        }
    }

    private async Task ServeAsync(TcpClient client, string targetAddress, int targetPort, CancellationToken stop)
    {
        using var source = client;
        using var target = new TcpClient();

        try
        {
            await target.ConnectAsync(targetAddress, targetPort, stop);
            // The server's answers go back as they come. One of ours is written between them: the client sends its next request after the last answer.
            var back = target.GetStream().CopyToAsync(source.GetStream(), stop);
            await RequestsAsync(source.GetStream(), target.GetStream(), stop);
            target.Client.Shutdown(SocketShutdown.Send);
            await back;
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side broke off: closing both tells the other.
        }
    }

    private async Task RequestsAsync(NetworkStream from, NetworkStream to, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        var (have, read) = (new List<byte>(), 0);

        while (true)
        {
            int end;

            while ((end = EndOf(have)) < 0)
            {
                if (have.Count > LargestHeader || (read = await from.ReadAsync(buffer, stop)) is 0)
                {
                    return;
                }

                have.AddRange(buffer.AsSpan(0, read));
            }

            var length = end + LengthOf(have, end);

            while (have.Count < length)
            {
                if ((read = await from.ReadAsync(buffer, stop)) is 0)
                {
                    return;
                }

                have.AddRange(buffer.AsSpan(0, read));
            }

            var request = have.GetRange(0, length).ToArray();
            have.RemoveRange(0, length);

            if (IsChosen())
            {
                Interlocked.Increment(ref answered);
                await from.WriteAsync(answer, stop);
            }
            else
            {
                await to.WriteAsync(request, stop);
            }
        }
    }

    private bool IsChosen()
    {
        lock (random)
        {
            return random.NextDouble() < share;
        }
    }

    private static int EndOf(List<byte> bytes) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).IndexOf(EndOfHeader) is >= 0 and var at ? at + EndOfHeader.Length : -1;

    private static int LengthOf(List<byte> bytes, int end) =>
        Encoding.ASCII.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[..end]).Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
                ? int.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(), CultureInfo.InvariantCulture)
                : 0;
}
