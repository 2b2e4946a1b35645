using System.Text;

namespace Causeway.Harness.Terraform.Running;

/// <summary>A file that a program writes to, read while it grows. Unlike a pipe, whose writer dies when its reader does, it outlives us.</summary>
internal sealed class FileTail : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes the file, empty and readable by its owner only: output may hold secrets.</summary>
    public FileTail(string path)
    {
        Path = path;
        using var created = new FileStream(
            path,
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
    }

    public string Path { get; }

    /// <summary>Reads until <paramref name="ended"/>, and then what is left.</summary>
    /// <param name="onLine">Receives every line as it appears.</param>
    /// <returns>Everything, each line with its end.</returns>
    public async Task<string> ReadAsync(Action<string> onLine, CancellationToken ended)
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var (all, line, buffer) = (new StringBuilder(), new StringBuilder(), new char[8192]);

        for (var last = false; !last; await PauseAsync(last, ended))
        {
            last = ended.IsCancellationRequested;

            while (await reader.ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
            {
                foreach (var character in buffer.AsSpan(0, count))
                {
                    if (character == '\n')
                    {
                        Take();
                    }
                    else
                    {
                        line.Append(character);
                    }
                }
            }
        }

        if (line.Length > 0)
        {
            Take();
        }

        return all.ToString();

        void Take()
        {
            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            all.Append(text).Append('\n');
            onLine(text);
        }
    }

    public void Dispose() => File.Delete(Path);

    private static async Task PauseAsync(bool last, CancellationToken ended)
    {
        if (!last)
        {
            await Task.Delay(Pause, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
