using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>What the locals of a module refer to. A plan's JSON holds the references of arguments, and nothing of locals.</summary>
public static partial class LocalReferences
{
    /// <summary>
    /// By the local's name: what its expression names, written as a plan does: <c>aws_vpc.this</c>, <c>var.network.cidr</c>, <c>local.other</c>.
    /// </summary>
    /// <param name="folder">The module's.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string folder) =>
        Configuration.Files(folder)
            .Where(file => file.EndsWith(".tf", StringComparison.Ordinal))
            .SelectMany(file => HclBody.OfText(SourceText.Read(file)).Of("locals"))
            .SelectMany(block => block.Body.Attributes)
            .DistinctBy(local => local.Key)
            .ToDictionary(local => local.Key, IReadOnlyList<string> (local) => [.. Names(local.Value).Distinct()]);

    internal static IEnumerable<string> Names(IReadOnlyList<HclToken> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind is HclKind.Text)
            {
                foreach (var name in Template().Matches(tokens[at].Value).SelectMany(match => Names(HclToken.Of(match.Groups["expression"].Value))))
                {
                    yield return name;
                }
            }
            else if (tokens[at].Kind is HclKind.Word && (at == 0 || !tokens[at - 1].Is('.')))
            {
                var parts = new List<string> { tokens[at].Value };

                for (var next = at + 1; next + 1 < tokens.Count && tokens[next].Is('.') && tokens[next + 1].Kind is HclKind.Word; next += 2)
                {
                    parts.Add(tokens[next + 1].Value);
                }

                if (parts.Count > 1)
                {
                    yield return string.Join('.', parts);
                }
            }
        }
    }

    [GeneratedRegex(@"\$\{(?<expression>[^{}]*)\}")]
    private static partial Regex Template();
}
