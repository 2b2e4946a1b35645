namespace Causeway.Harness.Terraform.Hcl;

/// <summary>The text of a configuration's file.</summary>
internal static class SourceText
{
    /// <exception cref="InvalidDataException">It is a symbolic link that leads nowhere; the message names both ends.</exception>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException) when (new FileInfo(file).LinkTarget is { } target)
        {
            throw new InvalidDataException($"{file} is a symbolic link to {target}, which cannot be read. Correct the link or remove it.");
        }
    }
}
