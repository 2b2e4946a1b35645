using System.Text;

namespace Causeway.Harness.Terraform.Digests;

/// <summary>
/// Digests as a comment of a pull request, whose length is limited. What does not fit is left out from the end, creations first, and a line says what;
/// a destroy or replacement loses its details before it is left out, and is never left out without being counted.
/// </summary>
public static class MarkdownDigest
{
    /// <summary>GitHub refuses a comment of more than 65,536 characters.</summary>
    public const int Longest = 65_000;

    private const int HeadRoom = 600;
    private const int PerStack = 700;

    /// <param name="title">One line, for example how the plans were made.</param>
    /// <param name="remarks">Lines below it.</param>
    public static string Write(string title, IReadOnlyList<Digest> digests, IReadOnlyList<string> remarks, int longest = Longest)
    {
        string[] said = [.. remarks.Take(20).Select(remark => Escape(ValueFormatter.Shorten(remark, 300)))];
        var head = $"## {Escape(ValueFormatter.Shorten(title, 200))}\n\n{string.Concat(said.Select(remark => $"- {remark}\n"))}{(said is [] ? "" : "\n")}";
        var room = longest - head.Length - HeadRoom;
        Digest[] listed = [
            .. digests.OrderBy(digest => digest.IsEmpty ? 1 : 0)
                .ThenBy(digest => digest.Entries.Count > 0 ? (int)digest.Entries[0].Rank : 9)
                .Take(Math.Max(1, room / 2 / PerStack))
        ];
        listed = [.. digests.Where(listed.Contains)];
        var kept = Keep(listed, room - (listed.Length * PerStack));
        var text = new StringBuilder(head);

        foreach (var digest in listed)
        {
            Append(text, digest, kept[digest]);
        }

        if (digests.Count > listed.Length)
        {
            DigestEntry[] rest = [.. digests.Except(listed).SelectMany(digest => digest.Entries)];
            text.Append($"\n**Left out for length: {digests.Count - listed.Length} more stacks** ({Digest.Counts(rest)}). `./causeway plan` shows them.\n");
        }

        return text.ToString();
    }

    // Which entries are shown, with how many of their lines: rank by rank over all stacks, so that no stack's creations push out another's destroys.
    private static Dictionary<Digest, Dictionary<DigestEntry, int>> Keep(IReadOnlyList<Digest> digests, int room)
    {
        var kept = digests.ToDictionary(digest => digest, _ => new Dictionary<DigestEntry, int>(ReferenceEqualityComparer.Instance));

        foreach (var rank in Enum.GetValues<DigestRank>().OrderBy(rank => rank is DigestRank.Create))
        {
            foreach (var digest in digests)
            {
                foreach (var entry in digest.Entries.Where(entry => entry.Rank == rank))
                {
                    var lines = Digest.Lines(entry).Select(line => line.Length + 3).ToArray();

                    foreach (var count in new[] { lines.Length, Math.Min(lines.Length, 6), 1 }.Distinct())
                    {
                        // Room for the line that says that details are missing.
                        var size = lines.Take(count).Sum() + (count < lines.Length ? 60 : 0);

                        if (size <= room)
                        {
                            room -= size;
                            kept[digest][entry] = count;

                            break;
                        }
                    }
                }
            }
        }

        return kept;
    }

    private static void Append(StringBuilder text, Digest digest, Dictionary<DigestEntry, int> kept)
    {
        text.Append($"<details{(digest.Entries.Any(entry => entry.Rank <= DigestRank.Change) ? " open" : "")}><summary>{Html(digest.Head)}</summary>\n\n");

        string[] lines = [.. digest.Entries.Where(kept.ContainsKey).SelectMany(entry => Lines(entry, kept[entry]))];

        if (lines is not [])
        {
            var fence = Fence(lines);
            text.Append($"{fence}diff\n{string.Join('\n', lines)}\n{fence}\n");
        }

        DigestEntry[] left = [.. digest.Entries.Where(entry => !kept.ContainsKey(entry))];

        if (left is not [])
        {
            text.Append($"\n**Left out for length: {Digest.Counts(left)}.** `./causeway plan` shows them.\n");
        }

        text.Append("\n</details>\n\n");
    }

    private static IEnumerable<string> Lines(DigestEntry entry, int count)
    {
        var lines = Digest.Lines(entry).ToArray();

        // A sign in the first column gives the line its colour.
        var colour = entry.Rank switch
        {
            DigestRank.Destroy => "- ",
            DigestRank.Replace or DigestRank.Change or DigestRank.Drift => "! ",
            DigestRank.Create => "+ ",
            _ => "# ",
        };

        return [
            colour + lines[0].TrimStart(), .. lines.Skip(1).Take(count - 1),
            .. count < lines.Length ? [$"        … {lines.Length - count} lines left out for length"] : Array.Empty<string>()
        ];
    }

    // Longer than any run of backticks inside, so that no value ends the block.
    private static string Fence(IEnumerable<string> lines)
    {
        var longest = 2;

        foreach (var line in lines)
        {
            var run = 0;

            foreach (var letter in line)
            {
                run = letter == '`' ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }

        return new string('`', longest + 1);
    }

    private static string Html(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("`", "&#96;", StringComparison.Ordinal)
            .Replace("|", "&#124;", StringComparison.Ordinal);

    private static string Escape(string text) =>
        string.Concat(Html(text).Select(letter => letter is '*' or '_' or '[' or ']' or '@' ? $"\\{letter}" : letter.ToString()));
}
