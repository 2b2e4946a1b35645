namespace Causeway.Harness.Releases;

/// <summary>Writes several files, or none of them.</summary>
public static class FileChanges
{
    /// <summary>Each new text is written beside its file first; only when all are written do they take the files' places.</summary>
    /// <exception cref="IOException">A file could not be written. Those already replaced have their old content again.</exception>
    public static void Write(IReadOnlyDictionary<string, string> contents)
    {
        var replaced = new List<(string File, byte[] Old)>();

        try
        {
            foreach (var (file, text) in contents)
            {
                File.WriteAllText(Beside(file), text);
            }

            foreach (var file in contents.Keys)
            {
                var old = File.ReadAllBytes(file);
                File.Move(Beside(file), file, overwrite: true);
                replaced.Add((file, old));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            replaced.ForEach(file => File.WriteAllBytes(file.File, file.Old));

            throw new IOException($"{error.Message} No file is changed.", error);
        }
        finally
        {
            contents.Keys.Select(Beside).ToList().ForEach(File.Delete);
        }
    }

    // Not `*.yaml`: a release is a file of that name.
    private static string Beside(string file) => file + ".new";
}
