using System.Globalization;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>The providers that a hermetic run knows, as a table for a reader.</summary>
public static class KnownProviders
{
    /// <summary>A line for each provider and version, and how another one is added.</summary>
    public static IReadOnlyList<string> List(Repository repository)
    {
        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        var providers = tools.Manifest.Providers.OrderBy(tool => tool.Address, StringComparer.Ordinal)
            .ThenByDescending(tool => tool.Provides, StringComparer.Ordinal)
            .ToArray();

        return
        [
            Row("provider", "version", "schema from", "fetched"),
            .. providers.Select(tool => Row(
                tool.Address["registry.terraform.io/".Length..],
                tool.Provides ?? "of the package",
                $"{tool.Npm}@{tool.Version}",
                File.Exists(tools.PackedFile(tool)) ? "yes"
                    : tool.Size is { } size ? $"when first used ({size.ToString(CultureInfo.InvariantCulture)} MB)"
                    : "when first used")),
            $"{providers.Select(tool => tool.Address).Distinct().Count()} providers are known. " +
            "docs/terraform.md, “Providers that are known”, says how to add one.",
        ];
    }

    private static string Row(string provider, string version, string source, string fetched) =>
        $"{provider,-22} {version,-16} {source,-36} {fetched}".TrimEnd();
}
