using System.Buffers.Binary;
using System.Net;
using System.Text;
using Causeway.Harness.Local.Traffic;

namespace Causeway.Offline.Local.Traffic;

/// <summary>Requests are put together from packets as they come.</summary>
public sealed class RequestReaderTests
{
    private const string First = "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: A_1.Get\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
    private const string Second = "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: A_1.Put\r\nContent-Length: 2\r\n\r\n{}";

    private readonly RequestReader reader = new();

    [Fact]
    public void A_packet_is_read_down_to_its_payload()
    {
        var packet = new byte[20 + 24 + 3];
        packet[0] = 0x45;
        packet[9] = 6;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        IPAddress.Parse("10.0.0.1").TryWriteBytes(packet.AsSpan(12), out _);
        IPAddress.Parse("10.0.0.2").TryWriteBytes(packet.AsSpan(16), out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), 40000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), 8000);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(24), 77);
        packet[32] = 6 << 4; // one option
        packet[33] = 0x02;
        "abc"u8.CopyTo(packet.AsSpan(44));

        var segment = Segment.Of(packet)!;
        packet[33] = 0x12; // an answer to it

        Assert.Equal(("10.0.0.1:40000", "10.0.0.2:8000", true, 77u), ($"{segment.From}", $"{segment.To}", segment.Opens, segment.Sequence));
        Assert.Equal("abc", Encoding.ASCII.GetString(segment.Payload.Span));
        Assert.False(Segment.Of(packet)!.Opens);
    }

    [Theory]
    [InlineData("45", "is too short")]
    [InlineData("4500001400000000401100007f0000017f000001", "is UDP")]
    [InlineData("6000000000140640000000000000000000000000000000000000000000000000", "is IPv6")]
    public void What_is_not_TCP_over_IPv4_is_left_out(string packet, string why) => Assert.True(Segment.Of(Convert.FromHexString(packet)) is null, why);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(1000)]
    public void Requests_come_in_pieces_of_any_size(int size)
    {
        var (all, sent, at) = (new List<SentRequest>(), First + Second, 100u);
        all.AddRange(reader.Read(Of(at++, "", opens: true)));

        foreach (var piece in sent.Chunk(size).Select(piece => new string(piece)))
        {
            all.AddRange(reader.Read(Of(at, piece)));
            all.AddRange(reader.Read(Of(at, piece))); // sent again
            at += (uint)piece.Length;
        }

        Assert.Equal(["A_1.Get {\"a\":1}", "A_1.Put {}"], all.Select(request => $"{request.Headers["x-amz-target"]} {request.Body}"));
    }

    [Fact]
    public void After_a_lost_piece_it_goes_on_with_the_next_request()
    {
        Assert.Empty(reader.Read(Of(1, First[..30])));
        Assert.Empty(reader.Read(Of(50, First[49..])));

        Assert.Equal("A_1.Put", Assert.Single(reader.Read(Of(1 + (uint)First.Length, Second))).Headers["x-amz-target"]);
    }

    private static Segment Of(uint sequence, string text, bool opens = false) =>
        new(new IPEndPoint(1, 1), new IPEndPoint(2, 2), opens, sequence, Encoding.ASCII.GetBytes(text));
}
