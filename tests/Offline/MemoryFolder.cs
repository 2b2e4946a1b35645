namespace Causeway.Offline;

/// <summary>Linux' file system in memory, <c>/dev/shm</c>, as the place of temporary files of this process and of those that it starts.</summary>
internal static class MemoryFolder
{
    private const string Place = "/dev/shm";

    /// <summary>The tests take 1 GB at most, and builds run beside them.</summary>
    private const long Needed = 6L << 30;

    /// <summary>Leaves everything as it is where a place is chosen already, or where the machine or the container has little memory.</summary>
    public static void UseForTemporaryFiles()
    {
        if (Environment.GetEnvironmentVariable("TMPDIR") is null or "" && Directory.Exists(Place)
            && Math.Min(new DriveInfo(Place).AvailableFreeSpace, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) >= Needed)
        {
            Environment.SetEnvironmentVariable("TMPDIR", Place);
        }
    }
}
