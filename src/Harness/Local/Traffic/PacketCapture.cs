using System.Buffers.Binary;
using System.Diagnostics;

namespace Causeway.Harness.Local.Traffic;

/// <summary>
/// Reads along on the network of an instance, by tcpdump: nothing that runs there is changed by it. Formats:
/// https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html, https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html
/// </summary>
internal sealed class PacketCapture : IAsyncDisposable
{
    private const int FileHeader = 24;
    private const int RecordHeader = 16;
    private const int LinkHeader = 16;

    private readonly Process tcpdump;
    private readonly Task reading;
    private readonly Task<string> saying;

    private PacketCapture(Process tcpdump, Action<Segment> onSegment)
    {
        this.tcpdump = tcpdump;
        reading = Task.Run(() => ReadAsync(tcpdump.StandardOutput.BaseStream, onSegment));
        saying = tcpdump.StandardError.ReadToEndAsync();
    }

    /// <param name="filter">What to read, in the language of pcap-filter(7).</param>
    /// <param name="onSegment">Receives each segment once, in order.</param>
    /// <exception cref="PlatformException">tcpdump is not there or refuses the filter.</exception>
    public static async Task<PacketCapture> StartAsync(Instance instance, string filter, Action<Segment> onSegment, CancellationToken stop)
    {
        // On every interface, since the bridge is only there when the first pod is; on its way in, where each packet passes once.
        var start = new ProcessStartInfo(
            "tcpdump",
            ["--interface=any", "--direction=in", "--linktype=LINUX_SLL", "--packet-buffered", "--buffer-size=16384", "-n", "-w", "-", filter])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[CommandLine.InstanceVariable] = instance.Name;
        Process tcpdump;

        try
        {
            tcpdump = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new PlatformException("tcpdump is not installed.", "`./causeway doctor` says how to get it.", inner: missing);
        }

        var said = new List<string>();

        while (await tcpdump.StandardError.ReadLineAsync(stop) is { } line)
        {
            said.Add(line);

            if (line.Contains("listening on", StringComparison.Ordinal))
            {
                return new(tcpdump, onSegment);
            }
        }

        throw new PlatformException("tcpdump does not start.", "Read what it says above.", string.Join('\n', said));
    }

    /// <summary>Ends when everything that was on the network before has been read.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!tcpdump.HasExited)
        {
            // It writes out what it has, and ends.
            await CommandLine.Of("kill", "-INT", $"{tcpdump.Id}").TryRunAsync(CancellationToken.None);
        }

        await Task.WhenAll(reading, saying);
        await tcpdump.WaitForExitAsync();
        tcpdump.Dispose();
    }

    private static async Task ReadAsync(Stream packets, Action<Segment> onSegment)
    {
        var header = new byte[RecordHeader];
        await packets.ReadAtLeastAsync(new byte[FileHeader], FileHeader, throwOnEndOfStream: false);

        while (await packets.ReadAtLeastAsync(header, RecordHeader, throwOnEndOfStream: false) == RecordHeader)
        {
            // In the byte order of the machine that writes, which is this one.
            var packet = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8))];

            if (await packets.ReadAtLeastAsync(packet, packet.Length, throwOnEndOfStream: false) == packet.Length
                && Segment.Of(packet.AsMemory(LinkHeader)) is { } segment)
            {
                onSegment(segment);
            }
        }
    }
}
