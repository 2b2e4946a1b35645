namespace Causeway.Harness.Terraform.Hcl;

/// <summary>What a folder of <c>.tf</c> files declares, as far as one can tell without Terraform.</summary>
public static class TerraformModule
{
    /// <summary>The variables that have no default: who calls the module must give them.</summary>
    public static IReadOnlyList<string> RequiredVariables(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.tf").Order(StringComparer.Ordinal)
            .SelectMany(file => HclBody.OfText(File.ReadAllText(file)).Of("variable"))
            .Where(variable => !variable.Body.Attributes.ContainsKey("default"))
            .Select(variable => variable.Labels[0]),
    ];

    /// <summary>A file's text without its blocks of one type; the lines of everything else stay where they are.</summary>
    public static string Without(string text, string blockType)
    {
        string[] lines = text.Split('\n');

        foreach (var block in HclBody.OfText(text).Of(blockType))
        {
            Array.Fill(lines, "", block.Line - 1, block.EndLine - block.Line + 1);
        }

        return string.Join('\n', lines);
    }
}
