using System.Text.RegularExpressions;

namespace Causeway.Harness.Argo.Generators;

/// <summary>Names as Argo CD makes them fit for DNS.</summary>
internal static partial class Names
{
    public static string Normalized(string name)
    {
        var fit = Unfit().Replace(name.ToLowerInvariant(), "-");

        return fit[..Math.Min(fit.Length, 253)].Trim('-', '.');
    }

    [GeneratedRegex("[^-a-z0-9.]")]
    private static partial Regex Unfit();
}
