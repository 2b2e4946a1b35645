using System.Text.Json;

namespace Causeway.Harness.Terraform.Copies;

/// <summary>
/// What this machine applied and has not destroyed yet: one file each in <c>.causeway/ledger/</c>, written before the first apply, removed after the destroy.
/// </summary>
public sealed class Ledger(Repository repository)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    public string Folder => Path.Combine(repository.Cache, "ledger");

    /// <summary>Every entry there is, oldest first. A file that was written halfway is none: nothing was applied before it was whole.</summary>
    public IReadOnlyList<LedgerEntry> Entries() =>
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(Read).OfType<LedgerEntry>().OrderBy(entry => entry.Applied)]
            : [];

    /// <summary>Writes an entry, readable by its owner only: it holds the values of variables.</summary>
    public void Add(LedgerEntry entry)
    {
        Directory.CreateDirectory(Folder);
        var unfinished = PathOf(entry.Id) + ".unfinished";

        var ownersOnly = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };

        using (var file = new FileStream(unfinished, ownersOnly))
        {
            JsonSerializer.Serialize(file, entry, Layout);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, PathOf(entry.Id), overwrite: true);
    }

    /// <summary>Removes an entry, if it is there.</summary>
    public void Remove(string id)
    {
        if (File.Exists(PathOf(id)))
        {
            File.Delete(PathOf(id));
        }
    }

    public string PathOf(string id) => Path.Combine(Folder, $"{id}.json");

    private static LedgerEntry? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<LedgerEntry>(File.ReadAllText(file), Layout);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException)
        {
            return null;
        }
    }
}
