using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform;

/// <summary>A version constraint as Terraform writes it: <c>&gt;= 5.1, &lt; 7.0</c>, <c>~&gt; 6.0</c>. Rules: https://developer.hashicorp.com/terraform/language/expressions/version-constraints</summary>
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
                throw new InvalidDataException($"“{text}” is no version constraint.");
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

/// <summary>Three numbers and, rarely, a pre-release.</summary>
public sealed record ReleaseVersion(int Major, int Minor, int Patch, string Pre)
{
    public static ReleaseVersion? TryParse(string text)
    {
        var halves = text.Split('+')[0].Split('-', 2);
        int?[] numbers = [.. halves[0].Split('.').Select(part => int.TryParse(part, out var number) ? number : (int?)null)];

        return numbers.Length is > 0 and <= 3 && numbers.All(number => number is not null)
            ? new(numbers[0]!.Value, numbers.ElementAtOrDefault(1) ?? 0, numbers.ElementAtOrDefault(2) ?? 0, halves.ElementAtOrDefault(1) ?? "")
            : null;
    }

    public ReleaseVersion Next() => this with { Patch = Patch + 1, Pre = "" };

    /// <summary>Less than 0 where this version precedes the other.</summary>
    public int CompareTo(ReleaseVersion other) =>
        (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch)) is var order && order != 0
            ? order
            : (Pre is "", other.Pre is "") switch
            {
                (true, false) => 1,
                (false, true) => -1,
                _ => string.CompareOrdinal(Pre, other.Pre),
            };

    public override string ToString() => $"{Major}.{Minor}.{Patch}{(Pre is "" ? "" : $"-{Pre}")}";
}
