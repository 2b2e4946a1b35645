namespace Causeway.Harness.Terraform;

/// <summary>Files and folders named by their content, side by side, of which only the latest are of use: each change of a source makes another.</summary>
internal static class Generations
{
    // Somebody may still run with what was used until a moment ago; nobody with what was not used for a day.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Marks one as in use.</summary>
    public static void Use(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Somebody else's cache, or removed this moment: whoever opens it will see.
        }
    }

    /// <summary>Removes those beside <paramref name="used"/> that were not used for a day.</summary>
    public static void ForgetOthers(string used)
    {
        foreach (var old in new FileInfo(used).Directory!.EnumerateFileSystemInfos().Where(other => other.FullName != Path.GetFullPath(used) && other.LastWriteTimeUtc < DateTime.UtcNow - Kept))
        {
            Forget(old);
        }
    }

    private static void Forget(FileSystemInfo old)
    {
        try
        {
            if (old is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                old.Delete();
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Another process forgets the same; what stays is forgotten next time.
        }
    }
}
