namespace Causeway.Harness.Local;

/// <summary>A pod more of a Deployment, whose log lies on a small volume of its own. Its disposal removes both.</summary>
/// <param name="folder">Where the volume is mounted.</param>
public sealed class LogVolume(Fault pod, string folder) : IAsyncDisposable
{
    /// <summary>Bytes that a file takes at once: what is left of its last block is its own on a full volume, too.</summary>
    public const int Block = 4096;

    /// <summary>Of the volume, in bytes.</summary>
    internal const int Size = 256 * Block;

    private readonly string ballast = Path.Combine(folder, "ballast");

    /// <summary>How long the log is, in bytes.</summary>
    public long Length => new FileInfo(LogIn(folder)).Length;

    /// <summary>Takes every block that is free on the volume.</summary>
    public void Fill()
    {
        using var file = new FileStream(ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);

        try
        {
            while (true)
            {
                file.WriteByte(0);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(ballast);

    public ValueTask DisposeAsync() => pod.DisposeAsync();

    internal static string LogIn(string folder) => Path.Combine(folder, "log");
}
