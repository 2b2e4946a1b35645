namespace Causeway.Harness.Scaffolding;

/// <summary>Files that do not exist yet: all of them are written, or none.</summary>
/// <param name="Texts">Text by path relative to the repository.</param>
public sealed record NewFiles(IReadOnlyDictionary<string, string> Texts)
{
    /// <exception cref="UsageException">One of them is there already. Nothing is written.</exception>
    public void Write(Repository repository)
    {
        if (Texts.Keys.Where(file => Path.Exists(repository.PathTo(file))).ToArray() is { Length: > 0 } present)
        {
            throw new UsageException(
                $"{string.Join(", ", present)} {(present.Length is 1 ? "is" : "are")} there already; nothing was written.",
                "Choose another name, or remove what is there.");
        }

        foreach (var (file, text) in Texts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(repository.PathTo(file))!);
            File.WriteAllText(repository.PathTo(file), text);
        }
    }
}
