using System.Globalization;
using System.Text;

namespace Causeway.Harness.Local.Traffic;

/// <summary>A request as it was sent: headers by name in lower case, and the body.</summary>
public sealed record SentRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>
/// Puts the requests of one connection together again, from the segments of its client. Where segments are missing it goes on with the next request that
/// begins a segment. It knows bodies with a length; none of AWS's clients here sends another.
/// </summary>
public sealed class RequestReader
{
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    private readonly List<byte> pending = [];
    private uint? next;

    public IEnumerable<SentRequest> Read(Segment segment)
    {
        if (segment.Opens)
        {
            // Its number counts as one byte.
            next = segment.Sequence + 1;
            pending.Clear();

            return [];
        }

        var payload = segment.Payload.Span;

        if (payload.IsEmpty || (next is { } known && (int)(segment.Sequence - known) < 0))
        {
            return []; // an acknowledgement, or sent again
        }

        if (next != segment.Sequence)
        {
            pending.Clear();
        }

        next = segment.Sequence + (uint)payload.Length;
        pending.AddRange(payload);

        return Complete();
    }

    private List<SentRequest> Complete()
    {
        var complete = new List<SentRequest>();

        while (pending.Count > 0)
        {
            var bytes = pending.ToArray();
            var end = bytes.AsSpan().IndexOf(HeaderEnd);

            if (end < 0)
            {
                break;
            }

            var lines = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");

            if (lines[0].Split(' ') is not [var method, var path, "HTTP/1.1"])
            {
                // The middle of a request whose beginning was lost.
                pending.Clear();
                break;
            }

            var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Where(header => header.Length == 2)
                .GroupBy(header => header[0].Trim().ToLowerInvariant(), header => header[1].Trim())
                .ToDictionary(header => header.Key, header => string.Join(", ", header));
            var length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
            var whole = end + HeaderEnd.Length + length;

            if (bytes.Length < whole)
            {
                break;
            }

            complete.Add(new(method, path, headers, Encoding.UTF8.GetString(bytes, whole - length, length)));
            pending.RemoveRange(0, whole);
        }

        return complete;
    }
}
