using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Harness.Terraform;

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
}
