namespace Causeway.Harness.Terraform.Running;

/// <summary>A file in a working copy that makes its configuration say something else.</summary>
public static class OverrideFile
{
    /// <summary>Writes it. Terraform may run in the folder now, for another root that shares it: it reads the old file or the new one, not a part.</summary>
    /// <param name="path">Ends in <c>_override.tf</c>.</param>
    public static void Write(string path, string text)
    {
        // Terraform reads no file whose name begins with a dot.
        var unfinished = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}");
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }
}
