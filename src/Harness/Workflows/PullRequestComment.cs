namespace Causeway.Harness.Workflows;

/// <summary>One comment of a pull request made of several reports, in the length that GitHub takes.</summary>
public static class PullRequestComment
{
    /// <summary>GitHub refuses a comment of more than 65,536 characters.</summary>
    public const int Longest = 65_000;

    private const int HeadRoom = 200;

    /// <param name="reports">By name, in order. Short ones are never cut for the sake of long ones.</param>
    public static string Of(IReadOnlyList<(string Name, string Text)> reports, int longest = Longest)
    {
        var (room, left) = (longest - (HeadRoom * reports.Count), reports.Count);
        var shares = new Dictionary<string, int>();

        foreach (var (name, text) in reports.OrderBy(report => report.Text.Length))
        {
            shares[name] = Math.Min(text.Length, room / left);
            (room, left) = (room - shares[name], left - 1);
        }

        return string.Join("\n\n", reports.Select(report => Cut(report.Name, report.Text.TrimEnd(), shares[report.Name]))) + "\n";
    }

    // At the end of a line, with what is open there closed.
    private static string Cut(string name, string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var kept = text[..(text.LastIndexOf('\n', Math.Max(0, longest - 1)) + 1)];
        var lines = kept.Split('\n');
        var fence = lines.Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2 is 1 ? "```\n" : "";
        var open = Count(lines, "<details>") - Count(lines, "</details>");

        return $"{kept}{fence}{string.Concat(Enumerable.Repeat("\n</details>\n", Math.Max(0, open)))}" +
            $"\n**{name} is cut here: {text.Length - kept.Length} characters more are in the run's artifacts.**";
    }

    private static int Count(string[] lines, string tag) => lines.Count(line => line.Contains(tag, StringComparison.Ordinal));
}
