namespace Causeway.Harness.Terraform;

/// <summary>Files and folders named by their content, side by side, of which only the latest are of use: each change of a source makes another.</summary>
internal static class CacheEviction
{
    // What was used until a moment ago may still be in use; what was not used for a day is not.
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
            // Another user's cache, or removed this moment: opening it will tell.
        }
    }

    /// <summary>Removes those beside <paramref name="used"/> that were not used for a day.</summary>
    public static void ForgetOthers(string used)
    {
        var others = new FileInfo(used).Directory!.EnumerateFileSystemInfos().Where(other => other.FullName != Path.GetFullPath(used));

        foreach (var old in others.Where(other => other.LastWriteTimeUtc < DateTime.UtcNow - Kept))
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
