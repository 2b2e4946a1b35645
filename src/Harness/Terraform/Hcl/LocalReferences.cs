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

    /// <summary>What one member of an object names that is an argument of a module's call; empty where the object lacks it.</summary>
    /// <param name="folder">The calling module's.</param>
    /// <returns>Null where the argument is not an object that is written out.</returns>
    public static IReadOnlyList<string>? OfMember(string folder, string call, string argument, string member) =>
        Configuration.Files(folder)
            .Where(file => file.EndsWith(".tf", StringComparison.Ordinal))
            .SelectMany(file => HclBody.OfText(SourceText.Read(file)).Of("module"))
            .Where(block => block.Labels.SequenceEqual([call]))
            .Select(block => block.Body.Attributes.GetValueOrDefault(argument))
            .FirstOrDefault() is { } tokens && Members(tokens) is { } members
                ? [.. Names(members.GetValueOrDefault(member, [])).Distinct()]
                : null;

    // The members of `{ a = x, b = y }` by name, as tokens. Null for another expression, and where a name is computed.
    private static Dictionary<string, IReadOnlyList<HclToken>>? Members(IReadOnlyList<HclToken> expression)
    {
        HclToken[] tokens = [.. expression.Where(token => token.Kind is not HclKind.Line)];
        var members = new Dictionary<string, List<HclToken>>();
        var depth = 0;
        List<HclToken>? current = null;

        for (var at = 0; at < tokens.Length; at++)
        {
            var token = tokens[at];
            depth += token.Is('{') || token.Is('[') || token.Is('(') ? 1 : token.Is('}') || token.Is(']') || token.Is(')') ? -1 : 0;

            if (depth == 0)
            {
                return at == tokens.Length - 1 && current is not null ? members.ToDictionary(one => one.Key, one => (IReadOnlyList<HclToken>)one.Value) : null;
            }

            if (depth == 1 && token.Kind is HclKind.Word or HclKind.Text && IsAssigned(tokens, at + 1))
            {
                members[token.Value] = current = [];
                at++;
            }
            else if (current is not null)
            {
                current.Add(token);
            }
            else if (at > 0)
            {
                return null;
            }

            if (depth == 1 && token.Is(')') && IsAssigned(tokens, at + 1))
            {
                return null;
            }
        }

        return null;
    }

    // One `=`, neither two nor `=>`.
    private static bool IsAssigned(HclToken[] tokens, int at) =>
        at + 1 < tokens.Length && tokens[at].Is('=') && !tokens[at + 1].Is('=') && !tokens[at + 1].Is('>');

    /// <summary>The names in an expression, without those that it gives itself.</summary>
    /// <param name="outer">Names that an expression around it gives.</param>
    internal static IEnumerable<string> Names(IReadOnlyList<HclToken> tokens, IEnumerable<string>? outer = null)
    {
        string[] given = [.. Given(tokens), .. outer ?? []];

        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind is HclKind.Text)
            {
                foreach (var name in Template().Matches(tokens[at].Value).SelectMany(match => Names(HclToken.Of(match.Groups["expression"].Value), given)))
                {
                    yield return name;
                }
            }
            else if (tokens[at].Kind is HclKind.Word && (at == 0 || !tokens[at - 1].Is('.')))
            {
                var parts = new List<string> { tokens[at].Value };

                for (var next = AfterIndex(tokens, at + 1);
                    next + 1 < tokens.Count && tokens[next].Is('.') && tokens[next + 1].Kind is HclKind.Word;
                    next = AfterIndex(tokens, next + 2))
                {
                    parts.Add(tokens[next + 1].Value);
                }

                if (parts.Count > 1 && !given.Contains(parts[0]))
                {
                    yield return string.Join('.', parts);
                }
            }
        }
    }

    // Which element is meant does not matter: `module.key["a"].arn` is `module.key.arn`.
    private static int AfterIndex(IReadOnlyList<HclToken> tokens, int at)
    {
        while (at < tokens.Count && tokens[at].Is('['))
        {
            var depth = 0;

            do
            {
                depth += tokens[at].Is('[') ? 1 : tokens[at].Is(']') ? -1 : 0;
                at++;
            }
            while (at < tokens.Count && depth > 0);
        }

        return at;
    }

    // `for key, value in …` gives two.
    private static IEnumerable<string> Given(IReadOnlyList<HclToken> tokens) => Enumerable.Range(0, tokens.Count)
        .Where(at => tokens[at] is { Kind: HclKind.Word, Value: "for" })
        .SelectMany(at => tokens.Skip(at + 1).TakeWhile(token => token is not { Kind: HclKind.Word, Value: "in" }).Take(4))
        .Where(token => token.Kind is HclKind.Word)
        .Select(token => token.Value);

    [GeneratedRegex(@"\$\{(?<expression>[^{}]*)\}")]
    private static partial Regex Template();
}
