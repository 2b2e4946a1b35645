namespace Causeway.Harness;

/// <summary>Lets one process at a time do a piece of work. The operating system releases it when its holder ends, however it ends.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream held;

    private FileLock(FileStream held) => this.held = held;

    /// <summary>Where locks lie that hold for the whole machine: containers and images know no clones.</summary>
    public static string OfMachine(string name) => Path.Combine("/run/lock/causeway", name);

    /// <summary>Waits until the lock is free.</summary>
    /// <param name="purpose">What the holder does, for the message another process sees.</param>
    /// <exception cref="TimeoutException">Another process still holds it after <paramref name="patience"/>; the message names that process.</exception>
    public static async Task<FileLock> TakeAsync(string path, string purpose, TimeSpan patience, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var started = TimeProvider.System.GetTimestamp();

        while (true)
        {
            try
            {
                var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                await File.WriteAllTextAsync(path + ".owner", $"process {Environment.ProcessId}, {purpose}", stop);

                return new FileLock(held);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            }
            catch (IOException)
            {
                var owner = File.Exists(path + ".owner") ? await File.ReadAllTextAsync(path + ".owner", stop) : "another process";

                throw new TimeoutException($"{path} is held by {owner}. Wait for it or end it, then try again.");
            }
        }
    }

    public void Dispose() => held.Dispose();
}
