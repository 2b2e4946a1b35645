using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>
/// A version constraint as Terraform writes it: <c>&gt;= 5.1, &lt; 7.0</c>, <c>~&gt; 6.0</c>. Rules:
/// https://developer.hashicorp.com/terraform/language/expressions/version-constraints
/// </summary>
public sealed partial record VersionConstraint(string Text)
{
    private readonly Term[] terms = [.. Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Term.Parse)];

    public bool Accepts(string version) => ReleaseVersion.TryParse(version) is { } parsed && terms.All(term => term.Accepts(parsed));

    /// <summary>The lowest version that this and all of <paramref name="others"/> accept, or null where no version can be.</summary>
    public string? Lowest(params IEnumerable<VersionConstraint> others)
    {
        VersionConstraint[] all = [this, .. others];

        return all.SelectMany(constraint => constraint.terms)
            .SelectMany(term => new[] { term.Version, term.Version.Next() })
            .Append(new ReleaseVersion(0, 0, 1, ""))
            .Order(Comparer<ReleaseVersion>.Create((one, other) => one.CompareTo(other)))
            .FirstOrDefault(candidate => all.All(constraint => constraint.terms.All(term => term.Accepts(candidate))))
            ?.ToString();
    }

    private sealed partial record Term(string Operator, ReleaseVersion Version, int Parts)
    {
        public static Term Parse(string text)
        {
            var match = Form().Match(text);

            if (!match.Success || ReleaseVersion.TryParse(match.Groups[2].Value) is not { } version)
            {
                throw new InvalidDataException($"“{text}” is not a version constraint.");
            }

            return new(match.Groups[1].Value, version, match.Groups[2].Value.Split('-')[0].Split('.').Length);
        }

        // A pre-release is only ever meant by naming it.
        public bool Accepts(ReleaseVersion version) => (version.Pre is "" || version == Version) && Operator switch
        {
            "" or "=" => version == Version,
            "!=" => version != Version,
            ">" => version.CompareTo(Version) > 0,
            ">=" => version.CompareTo(Version) >= 0,
            "<" => version.CompareTo(Version) < 0,
            "<=" => version.CompareTo(Version) <= 0,
            _ => version.CompareTo(Version) >= 0 && (Parts < 2 || version.Major == Version.Major) && (Parts < 3 || version.Minor == Version.Minor),
        };

        [GeneratedRegex(@"^(=|!=|>=|<=|~>|>|<)?\s*v?(\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?)$")]
        private static partial Regex Form();
    }
}
