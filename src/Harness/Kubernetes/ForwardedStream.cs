using k8s;

namespace Causeway.Harness.Kubernetes;

/// <summary>One connection of a port-forward: the data channel of a WebSocket, which is closed with it.</summary>
internal sealed class ForwardedStream(StreamDemuxer channels, Stream data) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => data.Flush();

    public override int Read(byte[] buffer, int offset, int count) => data.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken stop) =>
        ReadAsync(buffer.AsMemory(offset, count), stop).AsTask();

    // The channel only reads with its thread blocked, and only into an array.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
    {
        var copy = new byte[buffer.Length];
        var count = await Task.Run(() => data.Read(copy, 0, copy.Length), stop);
        copy.AsMemory(0, count).CopyTo(buffer);

        return count;
    }

    public override void Write(byte[] buffer, int offset, int count) => data.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            data.Dispose();
            channels.Dispose();
        }

        base.Dispose(disposing);
    }
}
