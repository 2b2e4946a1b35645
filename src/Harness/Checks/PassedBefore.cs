using Causeway.Harness.Terraform;

namespace Causeway.Harness.Checks;

/// <summary>
/// Remembers what passed, by the content of all that decides about it: as long as none of it changes by a byte, it passes again. What failed is not
/// remembered. Files named by the content, of which those that were not used for a day are forgotten.
/// </summary>
/// <param name="isAsked">Whether what is remembered counts; if not, everything is looked at, and remembered.</param>
public sealed class PassedBefore(Repository repository, bool isAsked = true)
{
    private readonly string folder = Path.Combine(repository.Cache, "check", "passed");

    /// <summary>The content of all that decides about something.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="files">Relative to the repository.</param>
    /// <param name="others">What is not in a file: versions of tools, the day.</param>
    public string KeyOf(string name, IEnumerable<string> files, params IEnumerable<string> others)
    {
        var content = Fingerprint.OfFiles(repository.Root, files.Distinct().Select(file => repository.PathTo(file)));

        return $"{name.Replace('/', '-').Replace(' ', '-')}-{Fingerprint.Of([name, content, .. others])}";
    }

    /// <summary>What was looked at when it passed with this content; null where it did not.</summary>
    public IReadOnlyList<string>? Items(string key)
    {
        var file = Path.Combine(folder, key);

        if (!isAsked || !File.Exists(file))
        {
            return null;
        }

        CacheEviction.Use(file);

        return File.ReadAllLines(file);
    }

    /// <summary>Remembers that it passed.</summary>
    public void Add(string key, params IEnumerable<string> items)
    {
        var file = Path.Combine(folder, key);
        var unfinished = Path.Combine(folder, $"{Guid.NewGuid():N}.unfinished");
        Directory.CreateDirectory(folder);
        File.WriteAllLines(unfinished, items);
        File.Move(unfinished, file, overwrite: true);
        CacheEviction.ForgetOthers(file);
    }
}
