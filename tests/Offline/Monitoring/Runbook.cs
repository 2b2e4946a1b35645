using System.Text.RegularExpressions;

namespace Causeway.Offline.Monitoring;

/// <summary>The page that explains an alert.</summary>
internal static partial class Runbook
{
    public const string Folder = "monitoring/runbooks";

    private static readonly string[] Headings = ["Meaning", "Impact", "How to look", "How to fix", "When to escalate"];

    /// <summary>Where the runbook of an alert is, relative to the repository.</summary>
    public static string FileOf(string alert) => $"{Folder}/{alert}.md";

    /// <summary>What is wrong with the text of an alert's runbook; null: nothing.</summary>
    /// <param name="text">Null: there is no runbook.</param>
    public static string? ProblemOf(string alert, string? text)
    {
        if (text is null)
        {
            return $"it has no runbook; write {FileOf(alert)}";
        }

        if (!text.StartsWith($"# {alert}\n", StringComparison.Ordinal))
        {
            return $"line 1 of its runbook should read “# {alert}”";
        }

        // Before the first heading is the title.
        var sections = Heading().Split(text)[1..].Chunk(2).Select(section => (Heading: section[0], Text: section[1])).ToArray();
        string[] found = [.. sections.Select(section => section.Heading)];

        return !found.SequenceEqual(Headings)
            ? $"the headings of its runbook are {string.Join(", ", found)}, and should be {string.Join(", ", Headings)}"
            : sections.FirstOrDefault(section => string.IsNullOrWhiteSpace(section.Text)).Heading is { } empty ? $"{empty} is empty in its runbook"
            : null;
    }

    /// <summary>The queries that a runbook shows. Each is over when its brackets are closed.</summary>
    public static IEnumerable<string> Queries(string text)
    {
        foreach (var block in Promql().Matches(text).Select(match => match.Groups["queries"].Value))
        {
            var query = "";

            foreach (var line in block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                query = $"{query} {line}".TrimStart();

                if (query.Count(character => character == '(') == query.Count(character => character == ')'))
                {
                    yield return Placeholder().Replace(query, match => match.Groups["name"].Value);
                    query = "";
                }
            }

            if (query is not "")
            {
                yield return query;
            }
        }
    }

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("```promql\n(?<queries>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Promql();

    [GeneratedRegex("<(?<name>[a-z]+)>")]
    private static partial Regex Placeholder();
}
