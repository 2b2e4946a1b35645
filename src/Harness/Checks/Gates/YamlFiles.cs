namespace Causeway.Harness.Checks.Gates;

/// <summary>Every YAML file is YAML 1.2 that stands for JSON: no key twice, no merge, nothing that readers take for different things.</summary>
internal sealed class YamlFiles : IGate
{
    public string Name => "YAML";

    public bool IsQuick => true;

    public bool IsAbout(string file) => IsYaml(file);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        string[] files = [.. (await context.FilesAsync()).Where(IsYaml)];
        tally.Expect(files);

        foreach (var file in files)
        {
            tally.Record(file, Problem(context.Repository.PathTo(file)));
        }
    }

    // Templates become YAML when Helm renders them.
    private static bool IsYaml(string file) =>
        Path.GetExtension(file) is ".yaml" or ".yml" && !file.Contains("/templates/", StringComparison.Ordinal)
        && !file.StartsWith("tests/Fixtures/", StringComparison.Ordinal);

    private static string? Problem(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            Yaml.Load(text, path);

            return text.Contains('\t') ? "it has a tab in it: indent with spaces" : null;
        }
        catch (InvalidDataException refused)
        {
            return refused.Message;
        }
    }
}
