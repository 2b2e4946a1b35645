using System.Text.Json;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>
/// The blocks of Terraform files: enough to find module calls, backends, variables and which types a configuration uses.
/// What is not understood is skipped: errors in a file are Terraform's to report.
/// </summary>
public static class Configuration
{
    /// <summary>The <c>*.tf</c> and <c>*.tf.json</c> files of a folder (not of its sub-folders), in order of name.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder)
                .Where(file => file.EndsWith(".tf", StringComparison.Ordinal) || file.EndsWith(".tf.json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : [];

    /// <summary>The blocks of all files of a folder (not of its sub-folders), files in order of name.</summary>
    public static IReadOnlyList<ConfigurationBlock> ReadFolder(string folder) => [.. Files(folder).SelectMany(ReadFile)];

    public static IReadOnlyList<ConfigurationBlock> ReadFile(string file)
    {
        try
        {
            var text = SourceText.Read(file);
            var body = file.EndsWith(".json", StringComparison.Ordinal) ? HclBody.OfJson(text) : HclBody.OfText(text);

            return [.. body.Blocks.Select(block => Of(block, file))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static ConfigurationBlock Of(HclBlock block, string file) => new(
        block.Type,
        block.Labels,
        file,
        block.Line,
        block.Body.Attributes.Keys.Where(name => block.Body.Literal(name) is not null).ToDictionary(name => name, name => block.Body.Literal(name)!),
        [.. block.Body.Blocks.Select(inner => Of(inner, file))]);
}
