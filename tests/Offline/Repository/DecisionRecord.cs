using System.Text.RegularExpressions;

namespace Causeway.Offline.Repository;

/// <summary>The one form of a record in docs/decisions: short, dated, with the same headings in the same order, none of them empty.</summary>
internal static partial class DecisionRecord
{
    private const int LongestText = 60; // lines
    private const int LongestLine = 150; // characters

    private static readonly string[] Headings = ["Context", "Decision", "Why", "Consequences", "Also considered"];

    /// <summary>What is wrong with record <paramref name="number"/>, the first thing only, or null where nothing is.</summary>
    public static string? ProblemOf(int number, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var sections = Section().Matches(text);
        var headings = string.Join(", ", sections.Select(section => section.Groups["heading"].Value));
        var empty = sections.FirstOrDefault(section => string.IsNullOrWhiteSpace(section.Groups["text"].Value));
        var longLine = Array.FindIndex(lines, line => line.Length > LongestLine);

        return !Regex.IsMatch(lines[0], $@"^# {number}\. \S") ? $"line 1 should read “# {number}. <Title>”"
            : lines.ElementAtOrDefault(1) is not "" ? "line 2 should be empty"
            : !Status().IsMatch(lines.ElementAtOrDefault(2) ?? "") ? "line 3 should read “Accepted, <year>-<month>-<day>.”"
            : headings != string.Join(", ", Headings) ? $"its headings are {headings}, and should be {string.Join(", ", Headings)}"
            : empty is not null ? $"{empty.Groups["heading"].Value} is empty"
            : longLine >= 0 ? $"line {longLine + 1} is longer than {LongestLine} characters"
            : lines.Length > LongestText ? $"it is longer than {LongestText} lines"
            : null;
    }

    [GeneratedRegex(@"^Accepted, \d{4}-\d{2}-\d{2}\.$")]
    private static partial Regex Status();

    [GeneratedRegex(@"^#{2,} (?<heading>.*)$(?<text>(\n(?!##).*)*)", RegexOptions.Multiline)]
    private static partial Regex Section();
}
