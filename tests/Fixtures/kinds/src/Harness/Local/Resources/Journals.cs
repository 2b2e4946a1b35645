using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Resources;

/// <summary>Journals as files of one entry per line, in a folder of the stand-in's own. A second kind of resource, for tests.</summary>
public sealed class Journals(StandIn standIn) : IResources
{
    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"journals-{standIn.Host}-{standIn.Port}"));

    public async Task<int> EnsureAsync(IReadOnlyDictionary<string, JsonObject> resources, CancellationToken stop)
    {
        string[] missing = [.. resources.Keys.Where(name => !File.Exists(FileOf(name)))];

        foreach (var name in missing)
        {
            await File.WriteAllTextAsync(FileOf(name), "", stop);
        }

        return missing.Length;
    }

    public async Task ResetAsync(IReadOnlyDictionary<string, JsonObject> resources, CancellationToken stop)
    {
        foreach (var name in resources.Keys)
        {
            await File.WriteAllTextAsync(FileOf(name), "", stop);
        }
    }

    public async Task<IReadOnlyDictionary<string, long>> InspectAsync(IEnumerable<string> names, CancellationToken stop)
    {
        var counts = new Dictionary<string, long>();

        foreach (var name in names.Where(name => File.Exists(FileOf(name))))
        {
            counts[name] = (await File.ReadAllLinesAsync(FileOf(name), stop)).Length;
        }

        return counts;
    }

    public void Dispose()
    {
    }

    private string FileOf(string name) => Path.Combine(folder.FullName, name);
}
