using System.Buffers.Binary;
using System.Net;

namespace Causeway.Harness.Local.Traffic;

/// <summary>A TCP segment on the network of an instance.</summary>
/// <param name="Opens">It asks for a new connection (SYN without ACK).</param>
/// <param name="Sequence">Number of the first byte of <paramref name="Payload"/>.</param>
public sealed record Segment(IPEndPoint From, IPEndPoint To, bool Opens, uint Sequence, ReadOnlyMemory<byte> Payload)
{
    private const byte Tcp = 6;
    private const byte Syn = 0x02;
    private const byte Ack = 0x10;

    /// <summary>Reads a packet that begins with its IPv4 header (RFC 791) and goes on with TCP's (RFC 9293). Null: it is another packet.</summary>
    public static Segment? Of(ReadOnlyMemory<byte> packet)
    {
        var ip = packet.Span;

        if (ip.Length < 20 || ip[0] >> 4 != 4 || ip[9] != Tcp)
        {
            return null;
        }

        // A packet that the network card is to cut up has no length of its own yet.
        var (start, length) = ((ip[0] & 0xf) * 4, (int)BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));
        var tcp = packet[start..(length == 0 || length > packet.Length ? packet.Length : length)];

        if (tcp.Length < 20)
        {
            return null;
        }

        var header = tcp.Span;
        var (data, flags) = ((header[12] >> 4) * 4, header[13]);

        return new(
            new IPEndPoint(new IPAddress(ip.Slice(12, 4)), BinaryPrimitives.ReadUInt16BigEndian(header)),
            new IPEndPoint(new IPAddress(ip.Slice(16, 4)), BinaryPrimitives.ReadUInt16BigEndian(header[2..])),
            (flags & (Syn | Ack)) == Syn,
            BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
            tcp[data..]);
    }
}
